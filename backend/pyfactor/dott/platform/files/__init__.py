"""Files that people upload: where they lie (store.py) and what they are (kinds.py)."""
