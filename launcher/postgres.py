"""The PostgreSQL controller: makes a cluster, starts it, watches it, stops it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from launcher import process
from launcher.errors import LauncherError
from launcher.locks import FileLock
from launcher.placement import PORT, Placement
from launcher.postgres_files import memory_in_use, pid_file, rotate, running_pid
from launcher.postgres_settings import HBA, SUPERUSER, settings

# After a kill -9 the old backends hold the shared memory for a moment.
RETRY_FOR_S = 20.0
# Crash recovery replays up to max_wal_size; it took 8 s after 15 s of heavy writing.
READY_WITHIN_S = 300.0


class Cluster:
    """One data folder and its server.

    durable: False for throw-away test clusters, which skip fsync.
    """

    # A fast shutdown: sessions are ended, nothing is lost.
    stop_signal = signal.SIGINT

    def __init__(self, placement: Placement, run: Path, *, durable: bool = True) -> None:
        self.placement = placement
        self.durable = durable
        self.child: subprocess.Popen[bytes] | None = None
        self._starting = FileLock(run / "postgres.start.lock")
        self._users = FileLock(run / "postgres.users.lock")

    @property
    def data(self) -> Path:
        return self.placement.data

    @property
    def pid(self) -> int | None:
        """The postmaster's process id when a server runs on this data folder."""
        return running_pid(self.data)

    @property
    def sockets(self) -> Path:
        """Where the server listens; a running one may have been placed elsewhere."""
        lines = pid_file(self.data)
        if self.pid is not None and len(lines) >= 5 and lines[4]:
            return Path(lines[4])
        return self.placement.sockets

    def start(self) -> bool:
        """Start the server, or join the one another command started.

        Returns True when this process started it and must stop it. Raises LauncherError
        with the log's tail when it does not come up.
        """
        with self._starting:
            self._users.acquire(shared=True, wait_s=60.0)
            if self.pid is not None:
                return False
            self._initialise()
            deadline = time.monotonic() + RETRY_FOR_S
            while not self._launch():
                if time.monotonic() > deadline:
                    raise self._failure()
                time.sleep(0.5)
            return True

    def stop(self, *, on_wait: Callable[[], None] | None = None) -> None:
        """Stop the server if this process started it; else only say goodbye to it.

        on_wait: given, other commands that joined the server finish first, and it is
        called once when there are such; None stops it under them.
        """
        self._users.release()
        if self.child is None:
            return
        if on_wait is not None and not self._users.acquire():
            on_wait()
            self._users.acquire(wait_s=float("inf"))
        # SIGQUIT is an immediate shutdown: recovery at the next start.
        process.stop(self.child, (self.stop_signal, 30.0), (signal.SIGQUIT, 10.0))
        self._users.release()
        self.child = None

    def psql(self, database: str, sql: str, *, env: dict[str, str] | None = None) -> str:
        """Run a script as superuser and return what it selects, unaligned.

        env: variables the script reads with `\\getenv`. Raises LauncherError with the
        server's message; the script itself is never shown, it may hold secrets.
        """
        place = self.placement
        done = subprocess.run(
            [
                place.binaries.program("psql"),
                "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                "--set=ON_ERROR_STOP=1", f"--host={self.sockets}", f"--port={PORT}",
                f"--username={SUPERUSER}", f"--dbname={database}", "--file=-",
            ],
            input=sql,
            cwd="/",
            env=base_environment() | (env or {}),
            text=True,
            capture_output=True,
            **place.account.popen(),
        )  # fmt: skip
        if done.returncode != 0:
            raise LauncherError(f"The database refused its set-up: {done.stderr.strip()}")
        return str(done.stdout).strip()

    def _initialise(self) -> None:
        """Make the cluster beside its place and rename it: a half-made one never counts."""
        place = self.placement
        self._clear_leftovers(place.data.parent.glob("*.tmp-*"))
        if not (place.data / "PG_VERSION").exists():
            partial = place.data.with_name(f"{place.data.name}.tmp-{os.getpid()}")
            done = subprocess.run(
                [
                    place.binaries.program("initdb"),
                    "--pgdata", str(partial), "--username", SUPERUSER, "--encoding", "UTF8",
                    # The built-in provider sorts alike on every system, whatever locales it has.
                    "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
                    "--lc-collate", "C", "--lc-ctype", "C", "--lc-messages", "C",
                    "--auth-local", "peer", "--auth-host", "scram-sha-256",
                    *([] if self.durable else ["--no-sync"]),
                ],
                cwd="/",
                env=base_environment(),
                stdin=subprocess.DEVNULL,
                text=True,
                capture_output=True,
                **place.account.popen(),
            )  # fmt: skip
            if done.returncode != 0:
                shutil.rmtree(partial, ignore_errors=True)
                raise LauncherError(f"initdb failed: {done.stderr.strip()}")
            partial.rename(place.data)
        self._write("pg_hba.conf", HBA)
        self._write("pg_ident.conf", f'dott "{place.account.name}" {SUPERUSER}\n')

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        if path.read_text() != text:
            partial = path.with_name(f"{name}.new")
            partial.write_text(text)
            partial.chmod(0o600)
            self.placement.account.give(partial)
            partial.rename(path)

    def _clear_leftovers(self, folders: Iterable[Path]) -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _launch(self) -> bool:
        """Start the server once. False when it ended at once for a reason that passes."""
        place = self.placement
        self._drop_foreign_pid_file()
        rotate(place.log)
        arguments = [
            part
            for name, value in settings(place.sockets, durable=self.durable).items()
            for part in ("-c", f"{name}={value}")
        ]
        with place.log.open("ab") as log:
            place.log.chmod(0o600)
            log_start = log.tell()
            self.child = process.spawn(
                [place.binaries.program("postgres"), "-D", str(place.data), *arguments],
                log=log.fileno(),
                cwd="/",
                env=base_environment(),
                preexec_fn=process.die_with_parent(self.stop_signal),
                **place.account.popen(),
            )
        if self._wait_until_ready(self.child):
            return True
        with place.log.open("rb") as log:
            log.seek(log_start)
            said = log.read().decode(errors="replace")
        self.child = None
        if "still in use" in said or "postmaster.pid" in said:
            return False
        raise self._failure()

    def _wait_until_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait for OUR server's "ready"; the file of a killed one also says so."""
        deadline = time.monotonic() + READY_WITHIN_S
        while child.poll() is None:
            lines = pid_file(self.data)
            if len(lines) >= 8 and lines[0] == str(child.pid) and lines[7] == "ready":
                return True
            if time.monotonic() > deadline:
                process.stop(child, (signal.SIGQUIT, 10.0))
                return False
            time.sleep(0.02)
        return False

    def _drop_foreign_pid_file(self) -> None:
        """Remove a lock file whose process id now belongs to another program.

        PostgreSQL itself removes one whose process is gone, but refuses to start when
        the id was recycled. The file also guards against backends that outlive a killed
        server, so it stays while anything is attached to the memory it names.
        """
        lines = pid_file(self.data)
        if not lines or running_pid(self.data) is not None:
            return
        foreign = lines[0].isdigit() and process.command_line(int(lines[0]))
        if foreign and not memory_in_use(lines):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _failure(self) -> LauncherError:
        return LauncherError(
            f"PostgreSQL did not start. The end of {self.placement.log}:\n" + process.tail(self.placement.log)
        )


def base_environment() -> dict[str, str]:
    """What the server's programs see: nothing of the caller's PG* or locale variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}
