"""Webhooks over HTTP, for owners and admins."""
