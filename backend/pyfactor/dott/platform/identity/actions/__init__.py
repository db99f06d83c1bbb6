"""Writes of the identity room. Each runs inside the caller's transaction on the alias `auth`."""
