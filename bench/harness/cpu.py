"""CPU seconds of process trees, from /proc/<pid>/stat."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(root: int) -> set[int]:
    """The process and all that descend from it, now."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(_stat(int(entry.name))[1])
            except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
                continue
    found, more = {root}, {root}
    while more:
        more = {pid for pid, parent in parents.items() if parent in more} - found
        found |= more
    return found


def seconds(root: int) -> float:
    """User and system time of the tree so far; also of children that ended and were waited for."""
    total = 0
    for pid in family(root):
        try:
            utime, stime, children_utime, children_stime = _stat(pid)[11:15]
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(utime) + int(stime) + int(children_utime) + int(children_stime)
    return total / TICKS
