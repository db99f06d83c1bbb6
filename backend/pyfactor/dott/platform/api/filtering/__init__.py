"""The one grammar of compound filters: list, count, export, bulk, saved view, board and dashboard.

    {"and": [
        {"field": "stage", "op": "in", "value": ["lead", "prospect"]},
        {"or": [
            {"field": "owner", "op": "is", "value": "me"},
            {"field": "created_at", "op": "within", "value": "last 30 days"}]}]}

`grammar.py` reads it, `fields.py` says what a resource offers, `values.py` and `periods.py` what a value may
be, `conditions.py` what a condition means in SQL, `apply.py` is what other rooms call. Every refusal is a 400
that names the place in the JSON. docs/filters.md is the reference for clients.
"""
