"""Dott's halves put together: what is prepared, what each process is given, what runs."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from launcher import compiled, credentials, database, python_env, stamps, web_env
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.placement import place
from launcher.postgres import Cluster
from launcher.supervisor import Service, Supervisor

NOT_CODE = frozenset({"tests", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "staticfiles"})
# They would double the start (no bytecode) or bring in another program's modules.
HARMFUL = frozenset(
    {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}
)


def is_external() -> bool:
    """Whether the person brings a database of her own, by DATABASE_URL."""
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


class Stack:
    """One state folder's database and processes, under one supervisor."""

    def __init__(
        self, paths: Paths, console: Console, supervisor: Supervisor, *, durable: bool = True
    ) -> None:
        self.paths = paths
        self.console = console
        self.supervisor = supervisor
        self.durable = durable
        self.cluster: Cluster | None = None
        self.secrets: dict[str, str] = credentials.load(paths.secrets)

    # Preparation ------------------------------------------------------------------------

    def prepare_python(self, *, dev: bool = False) -> None:
        if any(not python_env.is_fresh(self.paths, lock) for lock in python_env.locks(dev=dev)):
            with self.console.step("Python environment"):
                python_env.ensure(self.paths, self.supervisor, dev=dev)
        if compiled.is_due(self.paths):
            with self.console.step("Compiled parts"):
                compiled.build(self.paths, self.supervisor)

    def start_database(self) -> None:
        """Start or join the cluster and bring its roles and template up to date."""
        if is_external():
            missing = [
                n for n in database.ADDRESSES if not (os.environ.get(n) or os.environ.get(f"{n}_FILE"))
            ]
            if missing:
                raise LauncherError(
                    f"DATABASE_URL is set, but not {', '.join(missing)}.",
                    "set all four (one login role per job), or none to use the embedded PostgreSQL",
                )
            return
        cluster = Cluster(place(self.paths), self.paths.run, durable=self.durable)
        is_new = not cluster.data.exists()
        with self.console.step("PostgreSQL, first start" if is_new else "PostgreSQL"):
            self.cluster = cluster
            if cluster.start() and cluster.child is not None:
                self.supervisor.watch(cluster.child.pid, cluster.stop_signal)
        if database.is_stale(cluster, self.paths.bootstrap_sql, self.secrets):
            with self.console.step("Database roles and template"):
                database.bootstrap(cluster, self.paths.bootstrap_sql, self.secrets)

    def start_over(self) -> None:
        """Throw away the data of this state folder, mail and files too. For tests."""
        if self.cluster is None:
            raise LauncherError("Tests do not run on a database of your own.", "unset DATABASE_URL")
        with self.console.step("Empty database"):
            self.cluster.psql("postgres", f"DROP DATABASE IF EXISTS {database.DATABASE} WITH (FORCE)")
            for name in ("migrated", "demo"):
                self._stamp(name).unlink(missing_ok=True)
            for folder in (self.paths.mail, self.paths.files):
                shutil.rmtree(folder)
                folder.mkdir(mode=0o700)
            database.bootstrap(self.cluster, self.paths.bootstrap_sql, self.secrets)

    def migrate(self) -> None:
        """Run migrations unless nothing they are made of changed since the last time."""
        front = self.paths.backend
        files = (p for p in stamps.walk(front, NOT_CODE) if p.suffix in {".py", ".sql", ".lock"})
        wanted = stamps.of_files(front, files)
        stamp = self._stamp("migrated")
        if stamps.is_fresh(stamp, wanted):
            return
        with self.console.step("Migrations"):
            self.manage_step("migrate", "--noinput")
        stamps.write(stamp, wanted)

    def is_migrated(self) -> bool:
        """Whether migrations ever ran here, perhaps older ones."""
        return self._stamp("migrated").exists()

    def seed_demo(self) -> None:
        """Fill the demo business once; what people later do with it stays."""
        stamp = self._stamp("demo")
        if stamp.exists():
            return
        log = self.paths.logs / "seed_demo.log"
        with self.console.step("Demo business"):
            self.manage_step("seed_demo", log=log)
        said = [line for line in log.read_text().splitlines() if line.startswith("{")]
        stamps.write(stamp, json.loads(said[-1])["email"])

    def demo_email(self) -> str | None:
        stamp = self._stamp("demo")
        return stamp.read_text() if stamp.exists() else None

    def _stamp(self, name: str) -> Path:
        """Stamps of the data lie in the data folder, so they go when the data go."""
        return (self.cluster.data if self.cluster else self.paths.stamps) / f"dott_{name}"

    # Django -----------------------------------------------------------------------------

    def environment(self, *, origin: str, debug: bool = False) -> dict[str, str]:
        """What Django processes are given; the person's own settings win."""
        chosen = {
            "DJANGO_SECRET_KEY": self.secrets["DJANGO_SECRET_KEY"],
            "DOTT_FACTOR_KEYS": self.secrets["DOTT_FACTOR_KEYS"],
            "DOTT_PUBLIC_ORIGIN": origin,
            "DOTT_DEBUG": "1" if debug else "0",
            "DOTT_MAIL_DIR": str(self.paths.mail),
            "DOTT_FILES_DIR": str(self.paths.files),
        }
        if self.cluster is not None:
            chosen |= database.addresses(self.cluster, self.secrets)
        inherited = {name: value for name, value in os.environ.items() if name not in HARMFUL}
        given = {name for name in chosen if name in inherited or f"{name}_FILE" in inherited}
        kept = {name: value for name, value in chosen.items() if name not in given}
        return inherited | kept | {"PYTHONUNBUFFERED": "1"}

    def manage_step(self, *arguments: str, log: Path | None = None, **env: str) -> None:
        """A management command as a step of preparation. Raises LauncherError."""
        log = log or self.paths.logs / f"{arguments[0]}.log"
        log.write_bytes(b"")
        environment = self.environment(origin="http://localhost:3000") | env
        environment["DOTT_DEMO_PASSWORD"] = self.secrets["DOTT_DEMO_PASSWORD"]
        argv = [str(self.paths.python), "manage.py", *arguments]
        self.supervisor.check(argv, cwd=self.paths.backend, log=log, env=environment)

    # Processes --------------------------------------------------------------------------

    def start_api(self, port: int, env: Mapping[str, str]) -> Service:
        own = database.only(database.API_ROLES, env) | {"HOST": "127.0.0.1", "PORT": str(port)}
        return self._start("API", [str(self.paths.python), "-m", "config.serve"], self.paths.backend, own)

    def start_dev_api(self, port: int, env: Mapping[str, str]) -> Service:
        argv = [str(self.paths.python), "manage.py", "runserver", f"127.0.0.1:{port}"]
        return self._start("API", argv, self.paths.backend, database.only(database.API_ROLES, env))

    def start_worker(self, env: Mapping[str, str]) -> Service:
        argv = [str(self.paths.python), "manage.py", "run_worker"]
        return self._start("worker", argv, self.paths.backend, database.only(database.WORKER_ROLES, env))

    def start_realtime(self, port: int, env: Mapping[str, str]) -> Service:
        """Live pages. Nothing else needs it, so it is started again when it ends by itself."""
        argv = [str(self.paths.python), "-m", "config.realtime", "--host", "127.0.0.1", "--port", str(port)]
        own = database.only(database.REALTIME_ROLES, env)
        service = self._start("realtime", argv, self.paths.backend, own)
        service.is_revived = True
        return service

    def start_web(self, release: Path, port: int, api_port: int, realtime_port: int) -> Service:
        env = self.web_environment(port, api_port, realtime_port) | {"NODE_ENV": "production"}
        return self._start("web", [web_env.node(), "server.js"], release, env)

    def start_dev_web(self, port: int, api_port: int, realtime_port: int) -> Service:
        next_program = "node_modules/next/dist/bin/next"
        argv = [web_env.node(), next_program, "dev", "--hostname", "127.0.0.1", "--port", str(port)]
        env = self.web_environment(port, api_port, realtime_port)
        return self._start("web", argv, self.paths.frontend, env)

    @staticmethod
    def web_environment(port: int, api_port: int, realtime_port: int) -> dict[str, str]:
        return web_env.environment(
            {
                "HOSTNAME": "127.0.0.1",
                "PORT": str(port),
                "DOTT_API_ORIGIN": f"http://127.0.0.1:{api_port}",
                "DOTT_REALTIME_ORIGIN": f"http://127.0.0.1:{realtime_port}",
            }
        )

    def _start(self, name: str, argv: list[str], cwd: Path, env: Mapping[str, str]) -> Service:
        log = self.paths.logs / f"{name.lower()}.log"
        return self.supervisor.start(name, argv, cwd=cwd, log=log, env=env)

    def database_ended(self) -> bool:
        """Whether the server is gone, ours or one we joined."""
        if self.cluster is None:
            return False
        child = self.cluster.child
        return child.poll() is not None if child is not None else self.cluster.pid is None

    def close(self, *, on_wait: Callable[[], None] | None = None) -> None:
        """Stop the database if we started it (see Cluster.stop)."""
        if self.cluster is not None:
            child = self.cluster.child
            self.cluster.stop(on_wait=on_wait)
            if child is not None:
                self.supervisor.unwatch(child.pid)
            self.cluster = None


@contextmanager
def opened(
    paths: Paths,
    console: Console,
    *,
    durable: bool = True,
    on_wait: Callable[[], None] | None = None,
) -> Iterator[Stack]:
    """A stack whose processes and database end with the block, in that order."""
    paths.make_state()
    with Supervisor() as supervisor:
        stack = Stack(paths, console, supervisor, durable=durable)
        try:
            yield stack
        finally:
            supervisor.stop_all()
            stack.close(on_wait=on_wait)
