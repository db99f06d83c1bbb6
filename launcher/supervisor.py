"""All children of one launcher run: started, watched, and ended together."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from launcher import process, undertaker
from launcher.errors import LauncherError

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP arrived. Not an Exception: nothing may swallow it."""


@dataclass
class Service:
    """A long-lived child: what to call it, its process, its log.

    is_revived: it is started again when it ends by itself, at most once a second; the end of any
    other is the end of the run.
    """

    name: str
    child: subprocess.Popen[bytes]
    log: Path
    restart: Callable[[], subprocess.Popen[bytes]] = field(repr=False)
    is_revived: bool = False
    started: float = field(default_factory=time.monotonic)


class Supervisor:
    """Context manager. While it is open, stop signals raise Stopped in the main thread;
    on leaving, every child is ended."""

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._steps: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._closing = False
        self._old_handlers: dict[int, Any] = {}
        self._undertaker: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Supervisor":
        for number in STOP_SIGNALS:
            self._old_handlers[number] = signal.signal(number, self._on_signal)
        self._undertaker = subprocess.Popen(
            [sys.executable, "-I", "-S", undertaker.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_all()
        if self._undertaker is not None and self._undertaker.stdin is not None:
            self._undertaker.stdin.close()
            self._undertaker.wait(undertaker.GRACE_S + 5)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self._closing:  # a second Ctrl-C must not interrupt the clean stop
            self._closing = True
            raise Stopped

    def watch(self, pid: int, stop_signal: signal.Signals = signal.SIGTERM) -> None:
        """Have the undertaker end this process if the launcher is killed."""
        self._tell(f"+{pid} {int(stop_signal)}\n")

    def unwatch(self, pid: int) -> None:
        self._tell(f"-{pid}\n")

    def _tell(self, line: str) -> None:
        if self._undertaker is None or self._undertaker.stdin is None:
            return
        with self._lock:
            self._undertaker.stdin.write(line)
            self._undertaker.stdin.flush()

    def run(
        self,
        argv: Sequence[str],
        *,
        cwd: Path,
        log: Path | None,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Run a step to its end; returns the exit code. Any thread.

        log: where its output is added; None: the launcher's own output.
        """
        with log.open("ab") if log else contextlib.nullcontext(sys.stdout) as stream:
            with self._lock:
                if self._closing:
                    return -int(signal.SIGTERM)
                child = process.spawn(argv, log=stream.fileno(), cwd=cwd, env=env)
                self._steps[child.pid] = child
            self.watch(child.pid)
            try:
                return child.wait()
            finally:
                if child.poll() is not None:
                    self._steps.pop(child.pid, None)
                    self.unwatch(child.pid)

    def check(self, argv: Sequence[str], *, cwd: Path, log: Path, **options: Any) -> None:
        """Like run, but raises LauncherError with the end of the log on failure."""
        code = self.run(argv, cwd=cwd, log=log, **options)
        self.raise_if_stopping()
        if code != 0:
            raise LauncherError(
                f"{Path(argv[0]).name} ended with {code}. The end of {log}:\n{process.tail(log)}"
            )

    def raise_if_stopping(self) -> None:
        """For steps in any thread: what was ended from outside is not a failure."""
        if self._closing:
            raise Stopped

    def start(
        self,
        name: str,
        argv: Sequence[str],
        *,
        cwd: Path,
        log: Path,
        env: Mapping[str, str],
    ) -> Service:
        """Start a long-lived child."""

        def launch() -> subprocess.Popen[bytes]:
            with log.open("wb") as stream:
                child = process.spawn(argv, log=stream.fileno(), cwd=cwd, env=env)
            self.watch(child.pid)
            return child

        service = Service(name, launch(), log, launch)
        self.services.append(service)
        return service

    def restart(self, service: Service) -> None:
        """End a service and start it again, for code that cannot reload itself."""
        process.stop_families([service.child], 10.0)
        self.unwatch(service.child.pid)
        service.child = service.restart()
        service.started = time.monotonic()

    def ended(self) -> Service | None:
        """The first service found to have ended by itself; starts those again that the others do without."""
        for one in self.services:
            if one.child.poll() is None:
                continue
            if not one.is_revived:
                return one
            if time.monotonic() - one.started > 1:
                self.restart(one)
        return None

    def stop_all(self) -> None:
        """End all steps and services."""
        self._closing = True
        with self._lock:
            steps = list(self._steps.values())
        children = [*steps, *(service.child for service in self.services)]
        self.services.clear()
        process.stop_families(children, 10.0)
        for child in children:
            self.unwatch(child.pid)


def wait_until(ready: Callable[[], bool], supervisor: Supervisor, *, what: str, within_s: float) -> None:
    """Poll until ready. Raises LauncherError when a service ends first or time is up."""
    deadline = time.monotonic() + within_s
    while not ready():
        if (service := supervisor.ended()) is not None:
            raise service_failure(service)
        if time.monotonic() > deadline:
            raise LauncherError(f"{what} did not answer within {within_s:.0f} s.")
        time.sleep(0.05)


def service_failure(service: Service) -> LauncherError:
    return LauncherError(
        f"{service.name} ended with {service.child.returncode}. "
        f"The end of {service.log}:\n{process.tail(service.log)}"
    )
