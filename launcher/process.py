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
    log: IO[bytes] | int | None,
    cwd: Path | str,
    env: Mapping[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    **popen: Any,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, its output in `log`, ended with the launcher."""
    return subprocess.Popen(
        list(argv),
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        start_new_session=True,
        preexec_fn=die_with_parent(stop_signal),  # noqa: PLW1509 - only prctl and getppid
        **popen,
    )


def stop(
    child: subprocess.Popen[bytes],
    *steps: tuple[signal.Signals, float],
    group: bool = True,
) -> None:
    """Send each signal in turn, waiting its seconds for the child to end; then SIGKILL.

    group: signal every process of the child's session leader group, not only the child.
    """
    send = os.killpg if group else os.kill
    for sig, wait_s in (*steps, (signal.SIGKILL, 10.0)):
        if child.poll() is not None:
            break
        try:
            send(child.pid, sig)
        except ProcessLookupError:
            break
        try:
            child.wait(wait_s)
        except subprocess.TimeoutExpired:
            continue
    if group:  # a leader that ended may leave members behind
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


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
