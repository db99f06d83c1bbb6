"""Endpoints of the single sign-on room."""
