"""Starting and stopping child processes so that none outlives the launcher."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from launcher import undertaker

PR_SET_PDEATHSIG = 1

# Loaded before any fork: the child of a fork must not load libraries.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def die_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel signal the child when the launcher dies.

    It runs after `user=` took effect, because a change of user clears the setting. The
    kernel ties it to the *thread* that forked, so long-lived children are started from
    the main thread.
    """
    parent = os.getpid()

    def prepare() -> None:
        if _prctl is not None:
            _prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
            if os.getppid() != parent:  # the launcher died between fork and prctl
                os._exit(1)

    return prepare


def spawn(
    argv: Sequence[str],
    *,
    log: IO[bytes] | int,
    cwd: Path | str,
    env: Mapping[str, str] | None = None,
    **popen: Any,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, without input, its output in `log`."""
    return subprocess.Popen(
        list(argv),
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **popen,
    )


def stop(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send the child each signal in turn, waiting its seconds for the end; then SIGKILL."""
    for sig, wait_s in (*steps, (signal.SIGKILL, 10.0)):
        if child.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, sig)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(wait_s)


def stop_families(children: Sequence[subprocess.Popen[bytes]], wait_s: float) -> None:
    """Stop children by SIGTERM, and then whatever they started and left behind.

    All get the signal before any is waited for, so one slow stop costs no sum. The
    children come first and alone: servers want to end their own workers.
    """
    members = set().union(*(undertaker.family(child.pid) for child in children))
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        stop(child, (signal.SIGTERM, wait_s))
    members = members.union(*(undertaker.family(child.pid) for child in children))
    undertaker.end(members, signal.SIGTERM, grace_s=2.0)


def command_line(pid: int) -> list[str]:
    """The arguments of a running process; empty when there is none (or only a zombie)."""
    if sys.platform == "linux":
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [part.decode(errors="surrogateescape") for part in raw.split(b"\0")[:-1]]
    done = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return [done.stdout.strip()] if done.stdout.strip() else []


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log file, or an empty string when there is none."""
    try:
        with log.open("rb") as stream:
            stream.seek(0, os.SEEK_END)
            stream.seek(max(0, stream.tell() - 32_768))
            text = stream.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
