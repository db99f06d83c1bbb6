"""`./dott asvs`: which requirements of OWASP ASVS 5.0 a test covers.

docs/asvs.csv holds the requirements in scope, in our words, and the deviations. A test says what it covers:
`@pytest.mark.asvs("6.2.1")` in the backend, a comment `# ASVS 6.2.1` or `// ASVS 6.2.1` above it elsewhere.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths

REQUIREMENTS = Path("docs/asvs.csv")
# How many are covered at least: what `./dott test lint` holds. It may only rise.
FLOOR = Path("docs/asvs.floor")
# Where tests are, and how their files are named.
PLACES = (
    ("backend/pyfactor", "test_*.py"),
    ("deploy/tests", "test_*.py"),
    ("launcher/tests", "test_*.py"),
    ("frontend/pyfactor_next/e2e", "*.spec.ts"),
    ("frontend/pyfactor_next/src", "*.test.ts*"),
)
_MARK = re.compile(r"^\s*(?:@pytest\.mark\.asvs\((?P<mark>.*)\)|(?:#|//) ASVS (?P<note>[\d., ]+))\s*$")
_TEST = re.compile(
    r"^\s*(?:async )?(?:def (?P<python>test_\w+)|test(?:\.each\(.*\))?\(\s*(?P<script>[\"`].*))"
)
_ID = re.compile(r"\d+\.\d+\.\d+")


@dataclass
class Requirement:
    """One requirement. deviation: its number and why, "" when it is held; tests: path::name of each."""

    id: str
    level: int
    text: str
    deviation: str
    tests: list[str] = field(default_factory=list)


def run(paths: Paths, console: Console, *, is_check: bool) -> int:
    """Print each requirement with its tests, or with is_check only what is wrong; then the line of counts.

    1 when a test names a requirement that is not in the list, or fewer are covered than docs/asvs.floor says.
    """
    requirements = listed(paths.root)
    strangers = assign(requirements, marked(paths.root))
    if not is_check:
        for one in requirements.values():
            console.say(f"{one.id:>7}  L{one.level}  {_state(one):9}  {one.text}")
            for test in one.tests:
                console.say(f"{'':23}{test}")
    console.say(line(requirements))
    passing = _count(requirements, "pass")
    wrong = [f"{test} names {id_}, which is not in {REQUIREMENTS}" for id_, test in strangers]
    floor = int((paths.root / FLOOR).read_text(encoding="utf-8"))
    if passing < floor:
        wrong.append(f"{passing} are covered, {FLOOR} says {floor}: the number may only rise.")
    if passing > floor:
        console.say(f"{FLOOR} says {floor}: write {passing} into it, so that the number is held.")
    for sentence in wrong:
        console.say(f"✗ {sentence}")
    return 1 if wrong else 0


def covered(root: Path) -> dict[str, Requirement]:
    """The requirements by id, each with its tests."""
    requirements = listed(root)
    assign(requirements, marked(root))
    return requirements


def line(requirements: dict[str, Requirement]) -> str:
    """How many are in scope, pass, deviate and are not tested, as one line."""
    counts = {state: _count(requirements, state) for state in ("pass", "deviation", "untested")}
    return (
        f"ASVS: {len(requirements)} in scope, {counts['pass']} pass, {counts['deviation']} deviations, "
        f"{counts['untested']} untested"
    )


def listed(root: Path) -> dict[str, Requirement]:
    """The requirements by id, in the order of the file. Raises LauncherError for an id given twice."""
    found: dict[str, Requirement] = {}
    with (root / REQUIREMENTS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["id"] in found:
                raise LauncherError(f"{REQUIREMENTS} lists {row['id']} twice.")
            found[row["id"]] = Requirement(
                row["id"], int(row["level"]), row["requirement"], row["deviation"] or ""
            )
    return found


def assign(requirements: dict[str, Requirement], marks: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give each requirement its tests; the marks (id, test) of what is no requirement in the list."""
    strangers = []
    for id_, test in marks:
        if id_ in requirements:
            requirements[id_].tests.append(test)
        else:
            strangers.append((id_, test))
    return strangers


def marked(root: Path) -> Iterator[tuple[str, str]]:
    """(id, path::test) of every mark on a test."""
    for place, pattern in PLACES:
        for path in sorted((root / place).rglob(pattern)):
            # This command's own tests have marks in the texts that they read.
            if "node_modules" not in path.parts and path.name != "test_asvs.py":
                yield from in_text(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def in_text(text: str, name: str) -> Iterator[tuple[str, str]]:
    """The marks of one file. A mark belongs to the next test below it."""
    waiting: list[str] = []
    for line in text.splitlines():
        if mark := _MARK.match(line):
            waiting += _ID.findall(mark["mark"] or mark["note"])
        elif (test := _TEST.match(line)) and waiting:
            title = test["python"] or test["script"].split(test["script"][0])[1]
            yield from ((id_, f"{name}::{title}") for id_ in waiting)
            waiting = []


def _count(requirements: dict[str, Requirement], state: str) -> int:
    return sum(_state(one) == state for one in requirements.values())


def _state(one: Requirement) -> str:
    if one.deviation:
        return "deviation"
    return "pass" if one.tests else "untested"
