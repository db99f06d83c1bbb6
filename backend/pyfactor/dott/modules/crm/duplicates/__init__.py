"""Which customers, and which contacts, may be one and the same: while one is typed, and in a report."""
