"""Single sign-on: a business lets its own OpenID Connect provider say who is there, for that business
only."""
