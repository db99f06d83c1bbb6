"""The only way out: whoever calls a stranger's server calls `post` of client.py. Lint forbids other clients.

The attacker owns a business here and chooses the address (SECURITY.md). So an address is read strictly, its
name is resolved once, every answer must be public, the connection goes to exactly the address that was
judged, no redirect is followed, no proxy of the environment is used, and time and size end.
"""
