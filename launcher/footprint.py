"""How much memory a program and everything it started take, from Linux's /proc."""

from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")
MIB = 1024 * 1024


def of_tree(pid: int) -> tuple[int, int]:
    """(bytes, processes) of a process and its descendants; (0, 0) where /proc does not say.

    Proportional set sizes: a page that several processes share, as PostgreSQL's buffers, counts once.
    """
    sizes = [size for member in _descendants(pid) if (size := _proportional(member))]
    return sum(sizes), len(sizes)


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            # "pid (name) state parent …"; the name may hold anything, brackets too.
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it ended meanwhile
        children[parent].append(int(entry.parent.name))
    found = [pid]
    for member in found:
        found += children[member]
    return found


def _proportional(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
