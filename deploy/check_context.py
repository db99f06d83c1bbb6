"""Whether a .dockerignore keeps out source that the product is made of.

The lists deny by names (`**/media`, `**/secrets`), and a package may one day be called so: its image would
be built without it and fail at its first import. What must *not* get in is proved by tests/test_context.py.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

HALVES = ("backend/pyfactor", "frontend/pyfactor_next")
# Folders of source, and what in them is for tests and readers only.
SOURCE = ("config/", "dott/", "src/", "messages/", "public/")
NOT_SHIPPED = re.compile(
    r"(^|/)(tests|__tests__|__snapshots__|fixtures)/"
    r"|(^|/)(conftest|factories|test_[^/]+)\.py$|\.(test|spec|stories)\.tsx?$|\.md$"
)


def findings(root: Path) -> Iterator[str]:
    """A sentence for each source file that `docker build` would not be sent."""
    for half in HALVES:
        rules = parse((root / half / ".dockerignore").read_text())
        listed = subprocess.run(
            ["git", "ls-files", "-z", *SOURCE], cwd=root / half, capture_output=True, text=True, check=True
        )
        for path in filter(None, listed.stdout.split("\0")):
            if not NOT_SHIPPED.search(path) and (pattern := kept_out(path, rules)):
                yield f"{half}/.dockerignore: {pattern} keeps out {path}"


def parse(text: str) -> list[tuple[str, bool, re.Pattern[str]]]:
    """(line, whether it lets in, what it matches), in order."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        (line, line.startswith("!"), pattern(line.lstrip("!"))) for line in lines if line and line[0] != "#"
    ]


def pattern(glob: str) -> re.Pattern[str]:
    """Docker's patterns: `**` for any folders, `*` and `?` within a name; a folder with its content."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]*\])", glob)
    meaning = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    text = "".join(meaning.get(one) or (one if one.startswith("[") else re.escape(one)) for one in parts)
    return re.compile(f"{text}(/.*)?")


def kept_out(path: str, rules: list[tuple[str, bool, re.Pattern[str]]]) -> str:
    """The line that keeps a path out; "" when it gets in. The last line that matches decides."""
    last = next((rule for rule in reversed(rules) if rule[2].fullmatch(path)), None)
    return "" if last is None or last[1] else last[0]
