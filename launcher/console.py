"""Progress on the terminal: one line per step with the time it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Console:
    """Prints steps as they end, and on a terminal a live line with those that run.

    Several threads may have steps open at once.
    stream: where lines go, standard output unless told; errors always go to standard error.
    quiet: leave out steps that succeed within QUIET_S.
    """

    QUIET_S = 2.0

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream = stream or sys.stdout
        self._quiet = quiet
        self._lock = threading.RLock()
        self._running: dict[str, float] = {}
        self._live = stream.isatty()
        if self._live:
            threading.Thread(target=self._refresh, daemon=True).start()

    def say(self, text: str = "") -> None:
        with self._lock:
            self._erase()
            print(text, file=self._stream, flush=True)
            self._draw()

    def error(self, text: str, mend: str = "") -> None:
        with self._lock:
            self._erase()
            print(self._paint("31", "✗ ") + text, file=sys.stderr, flush=True)
            for line in mend.splitlines():
                print(f"  Mend: {line}", file=sys.stderr, flush=True)

    def done(self, title: str, seconds: float | None = None, note: str = "") -> None:
        self._line(self._paint("32", "✓"), title, seconds, note)

    def failed(self, title: str, seconds: float | None = None, note: str = "") -> None:
        self._line(self._paint("31", "✗"), title, seconds, note)

    @contextmanager
    def step(self, title: str, *, writes: bool = False) -> Iterator[None]:
        """Time a piece of work; its line appears when it ends.

        writes: the work itself writes to the terminal, where a live line would disturb it.
        """
        started = time.monotonic()
        with self._lock:
            if self._live and not writes:
                self._running[title] = started
            elif not self._quiet:
                print(f"… {title}", file=self._stream, flush=True)
        try:
            yield
        except BaseException:
            self._forget(title)
            self.failed(title, time.monotonic() - started)
            raise
        self._forget(title)
        took = time.monotonic() - started
        if not self._quiet or took > self.QUIET_S:
            self.done(title, took)

    def _forget(self, title: str) -> None:
        with self._lock:
            self._running.pop(title, None)

    def _line(self, mark: str, title: str, seconds: float | None, note: str) -> None:
        took = f"{seconds:6.1f} s" if seconds is not None else ""
        self.say(f"{mark} {title:<44}{took}  {note}".rstrip())

    def _paint(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._live else text

    def _erase(self) -> None:
        if self._live and self._running:
            print("\r\033[K", end="", file=self._stream, flush=True)

    def _draw(self) -> None:
        if self._live and self._running:
            now = time.monotonic()
            parts = [f"{title} {now - start:.0f} s" for title, start in self._running.items()]
            print(f"\r\033[K… {', '.join(parts)}", end="", file=self._stream, flush=True)

    def _refresh(self) -> None:
        while True:
            time.sleep(0.25)
            with self._lock:
                self._draw()
