"""Cells that a spreadsheet would run as a formula, made inert on export and restored on import.

OWASP's list of leading characters (= + - @ TAB CR), with NUL, line feed and the full-width forms that
some spreadsheets fold to ASCII. The guard is an apostrophe; a text that already has one in front of
such a character gets one more, so that export and import are exact inverses.
"""

from __future__ import annotations

import re

TRIGGERS = "=+\\-@\t\r\n\x00＝＋－＠"
NEEDS_GUARD = re.compile(f"'*[{TRIGGERS}]")
GUARDED = re.compile(f"'+[{TRIGGERS}]")


def guard(text: str) -> str:
    """'=1+1' → "'=1+1"; harmless text is returned as it is."""
    return "'" + text if NEEDS_GUARD.match(text) else text


def unguard(text: str) -> str:
    """The inverse of guard()."""
    return text[1:] if GUARDED.match(text) else text
