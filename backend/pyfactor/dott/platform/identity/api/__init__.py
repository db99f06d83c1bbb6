"""Endpoints below /api/auth/ and /api/tenants/. They run on the alias `auth`, outside any tenant."""
