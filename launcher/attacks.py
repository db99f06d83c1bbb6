"""`./dott test --attacks`: the whole attack suite, and at its end how often each attack tried."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from launcher import asvs, checks, web_env
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.testing import Session, tried

# What the suite promises: attempts that must have been made, and that none of them got through. Of each kind,
# by how its name begins.
PROMISED = {
    "cross-tenant, as served": 50_000,
    "cross-tenant, policies alone": 50_000,
    "cross-tenant, filter alone": 50_000,
    "bad inputs": 20_000,
}
# Attacks that must be among the counts, by how their names begin.
EXPECTED = (
    *PROMISED,
    "role below the minimum",
    "field injection",
    "no proof of origin",
    "SSRF",
    "limits",
    "one-use things",
    "enumeration",
    "XSS",
    "secret canaries",
)


def run(paths: Paths, console: Console, parts: Sequence[str], extra: Sequence[str]) -> int:
    """Attack the backend and a whole Dott in a browser; 0 only when nothing got through.

    extra: arguments for pytest. Ends with the counts; a promised count that was not reached is a failure
    unless extra chose only some of the attacks.
    """
    if parts:
        raise LauncherError("--attacks stands alone.", "./dott test --attacks [-- arguments for pytest]")
    paths.make_state()
    counts = paths.logs / "attacks.tsv"
    counts.write_text("", encoding="utf-8")
    more = {"DOTT_ATTACKS": "full", "DOTT_ATTACKS_COUNTS": str(counts)}
    with tried(paths, console) as stack:
        session = Session(stack, web_env.Web(paths, stack.supervisor), [checks.ATTACKS], extra)
        session.find_programs()
        stack.prepare_python(dev=True)
        stack.start_database()
        backend, browser = checks.of_attacks(paths, session.web.pnpm())
        session.all_of([backend], stack.environment(origin="http://localhost:3000") | more)
        if not extra:
            session.web_lane()
            session.in_whole_dott([browser], more)
    code = session.report()
    missed = report(console, read(counts), is_whole=not extra)
    console.say(asvs.line(asvs.covered(paths.root)))
    return code or (1 if missed else 0)


def read(counts: Path) -> list[tuple[str, int, int]]:
    """(name, attempts, findings) of each attack; lines of one name are added up."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in counts.read_text(encoding="utf-8").splitlines():
        name, attempts, findings = line.split("\t")
        sums[name][0] += int(attempts)
        sums[name][1] += int(findings)
    return [(name, *numbers) for name, numbers in sorted(sums.items())]  # type: ignore[misc]  # two of them


def report(console: Console, counts: Iterable[tuple[str, int, int]], *, is_whole: bool) -> list[str]:
    """Print the counts, and what is wrong with them; that again, as sentences."""
    counts = list(counts)
    console.say("\nAttacks")
    for name, attempts, findings in counts:
        console.say(f"  {attempts:>8,} attempts  {findings:>3} got through  {name}")
    wrong = [f"{name}: {findings} got through" for name, _, findings in counts if findings]
    console.say("\nPromised")
    for start, least in PROMISED.items():
        attempts = sum(count for name, count, _ in counts if name.startswith(start))
        found = sum(found for name, _, found in counts if name.startswith(start))
        console.say(f"  {attempts:>8,} of {least:,} attempts, {found} got through  {start}")
        if is_whole and attempts < least:
            wrong.append(f"{start}: {least:,} attempts were promised")
    if is_whole:
        names = [name for name, _, _ in counts]
        wrong += [f"{start}: not tried" for start in EXPECTED if not any(n.startswith(start) for n in names)]
    for sentence in wrong:
        console.say(f"✗ {sentence}")
    return wrong
