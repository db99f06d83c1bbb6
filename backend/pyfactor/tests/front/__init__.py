"""The front answers what Django would have answered, byte for byte, and leaves the rest to it.

Both applications are asked the same over WSGI: status, headers and body are compared. Only Server-Timing
differs, in which the front says why it left a request to Django.
"""
