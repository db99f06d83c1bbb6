"""What a server's files say: its lock file and its log."""

from pathlib import Path

from launcher import process

LARGEST_LOG_BYTES = 10 * 1024 * 1024


def pid_file(data: Path) -> list[str]:
    """The stripped lines of postmaster.pid, empty when there is none."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def running_pid(data: Path) -> int | None:
    """The id of the live server of this data folder. A recycled id does not count."""
    lines = pid_file(data)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if any(str(data) in part for part in process.command_line(pid)) else None


def memory_in_use(lines: list[str]) -> bool:
    """Whether a process is attached to the shared memory a postmaster.pid names (Linux)."""
    table = Path("/proc/sysvipc/shm")
    if len(lines) < 7 or not table.exists():
        return False
    segment = lines[6].split()[-1:]
    rows = (line.split() for line in table.read_text().splitlines()[1:])
    return any(row[1:2] == segment and row[6] != "0" for row in rows)


def rotate(log: Path, largest: int = LARGEST_LOG_BYTES) -> None:
    """Keep one older log when the present one has grown large."""
    if log.exists() and log.stat().st_size > largest:
        log.replace(log.with_name(log.name + ".1"))
