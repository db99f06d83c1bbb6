"""A migration as an engineer would make one for two new tenant models; see test_snapshot.py."""
