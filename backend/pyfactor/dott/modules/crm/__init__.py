"""Customers and the work with them."""
