"""API keys: how programs use the API in a member's name, with less than she may do herself."""
