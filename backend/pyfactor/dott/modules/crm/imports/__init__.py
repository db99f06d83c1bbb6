"""Bring customers in from a CSV or XLSX file.

The way of a file, one room per step:

    detect    dialect.py    what it is: format, encoding, delimiter, header
    read      reader.py     (line, cells) one at a time, never shifted
    map       mapping.py    which column is which customer field
    normalise values.py     cells become field values, errors and warnings
    match     staging.py    set-based: new, changed, unchanged, in error
    apply     apply.py      one transaction of set-based SQL; revert.py takes it back

Everything up to `values.py` is plain Python: no database, no Django.
"""
