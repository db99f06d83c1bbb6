"""PostgreSQL for Dott: Django's backend plus the wall (schema.py builds it, base.py enters it)."""
