"""What the trigram index can look for: a twin of how pg_trgm reads a pattern.

It knows words only, runs of letters and digits, so it takes `% c-0%` for “a word c, and a word that begins
with 0”, and many a customer has these. What it finds is compared with the text itself afterwards, record by
record.
"""

import re
from typing import NamedTuple

from dott.modules.crm.search import SUBSTRING_MIN_LENGTH

# What is no letter and no digit parts words, for pg_trgm and here.
_RUN = re.compile(r"[^\W_]+")
_BOUNDARY = "[^[:alnum:]]"
# pg_trgm puts two spaces in front of a word and one behind it.
_SPACES_BEFORE = 2


class Part(NamedTuple):
    """Letters and digits that the index looks for, and whether a word begins and ends with them."""

    run: str
    begins: bool
    ends: bool

    @property
    def regex(self) -> str:
        """For PostgreSQL's `~`, on a text that begins with a space. Empty when the run may stand anywhere."""
        if not (self.begins or self.ends):
            return ""
        return _BOUNDARY * self.begins + self.run + _BOUNDARY * self.ends


def indexed_parts(pattern: str) -> list[Part]:
    """All that the index looks for of a pattern `%text%`; what yields no trigram is left out."""
    text = re.sub(r"\\(.)", r"\1", pattern[1:-1])
    parts = (Part(run[0], run.start() > 0, run.end() < len(text)) for run in _RUN.finditer(text))
    return [
        part
        for part in parts
        if _SPACES_BEFORE * part.begins + len(part.run) + part.ends >= SUBSTRING_MIN_LENGTH
    ]
