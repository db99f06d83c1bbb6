"""Fields that a business has added to its customers, contacts and deals (docs/adr/0013).

definitions.py   which fields there are, read in one round trip and remembered for plans
values.py        what each type takes, and the one way in which it is written
merging.py       what a record's `custom` becomes
expressions.py   the column as SQL: what filters compare and orders sort by
resource.py      the filters and orders of one kind of record
exporting.py     the fields as columns of a CSV
schema.py        the fields as JSON Schema
"""
