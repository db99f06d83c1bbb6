"""Search everywhere: what somebody typed → the few records she means, of every kind, best first."""
