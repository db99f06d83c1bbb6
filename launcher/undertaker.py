"""Ends what a killed launcher leaves behind. Run as a script, fed through a pipe.

The launcher writes `+PID SIGNAL` for each child it starts and `-PID` for each it has
seen end. The pipe closes when the launcher dies, however it dies; then every child
still listed gets its signal, together with its descendants and its session, and
SIGKILL after a grace period. The kernel's PDEATHSIG would end only the direct children
and only on Linux, and, coming first, would make their descendants impossible to find.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

GRACE_S = 10.0


def processes() -> list[tuple[int, int, int]]:
    """(process, parent, session) of every process."""
    found = []
    if sys.platform == "linux":
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                text = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue
            # The command's name, in brackets, may hold spaces and brackets.
            state, parent, _, session = text.rpartition(")")[2].split()[:4]
            if state != "Z":
                found.append((int(entry.name), int(parent), int(session)))
        return found
    listing = subprocess.run(["ps", "-axo", "pid=,ppid=,sess="], capture_output=True, text=True)
    for line in listing.stdout.splitlines():
        pid, parent, session = line.split()[:3]
        found.append((int(pid), int(parent), int(session) if session.isdigit() else 0))
    return found


def family(root: int) -> set[int]:
    """A process, its descendants, and every member of the session it leads."""
    everyone = processes()
    members = {pid for pid, _, session in everyone if root in (session, pid)}
    grown = True
    while grown:
        more = {pid for pid, parent, _ in everyone if parent in members} - members
        members |= more
        grown = bool(more)
    return members - {os.getpid()}


def send(pids: set[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def end(pids: set[int], number: int, *, grace_s: float) -> None:
    """Signal processes, and SIGKILL those that are still there after the grace period."""
    send(pids, number)
    deadline = time.monotonic() + grace_s
    while left := pids & {pid for pid, _, _ in processes()}:
        if time.monotonic() > deadline:
            send(left, signal.SIGKILL)
            return
        time.sleep(0.05)


def bury(children: dict[int, int]) -> None:
    """End the listed children and their families, each with its signal."""
    families = {root: family(root) for root in children}
    for root, number in children.items():
        # A postmaster ends its own backends; SIGINT to them would only cancel queries.
        send({root} if number == signal.SIGINT else families[root], number)
    end(set().union(*families.values()), 0, grace_s=GRACE_S)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    children: dict[int, int] = {}
    for line in sys.stdin:
        if line.startswith("+"):
            pid, stop_signal = line[1:].split()
            children[int(pid)] = int(stop_signal)
        else:
            children.pop(int(line[1:]), None)
    bury(children)


if __name__ == "__main__":
    main()
