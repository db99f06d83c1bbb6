"""`./dott test`: everything CI runs, on a database of its own, beside a running Dott."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import process, up, web_env
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.ports import is_taken
from launcher.stack import Stack, opened
from launcher.supervisor import Stopped

PARTS = ("lint", "backend", "launcher", "frontend", "e2e")
# The usual ports stay free for a Dott that runs meanwhile.
FIRST_PORT = 3400
SHOWN_LINES = 80


@dataclass(frozen=True)
class Result:
    title: str
    passed: bool
    seconds: float
    log: Path


@dataclass(frozen=True)
class Step:
    """One thing CI checks: a command, where it runs, what it is given."""

    title: str
    argv: Sequence[str]
    cwd: Path
    env: dict[str, str]


def run(paths: Paths, console: Console, parts: Sequence[str], extra: Sequence[str]) -> int:
    """Run the parts (all when none is named); 0 only if every step passed.

    extra: further arguments for the test runner; needs exactly one of the parts backend,
    launcher, frontend, e2e. Ends with a table and the line "N passed, N failed".
    """
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise LauncherError(f"No such part: {', '.join(unknown)}.", f"one or more of {', '.join(PARTS)}")
    if extra and (len(parts) != 1 or parts[0] == "lint"):
        raise LauncherError(
            "Arguments after -- need one part with a test runner.", "./dott test backend -- -k name"
        )
    paths.make_state()
    session = Session(paths, console, parts or PARTS, extra)
    return session.run()


class Session:
    """One run of the tests: its steps, one after the other in two lanes, and their results."""

    def __init__(self, paths: Paths, console: Console, parts: Sequence[str], extra: Sequence[str]) -> None:
        self.paths = paths
        self.console = console
        self.parts = parts
        self.extra = list(extra)
        self.results: list[Result] = []

    def run(self) -> int:
        # Its own cluster, files and mail; the web build is shared, it is kept by source hash.
        state = self.paths.with_state(self.paths.state / "test")
        with opened(state, self.console, durable=False) as stack:
            web = web_env.Web(self.paths, stack.supervisor)
            stack.prepare_python(dev=True)
            if {"lint", "backend", "e2e"} & set(self.parts):
                stack.start_database()
            web_lane = up.InBackground(lambda: self.web_lane(stack, web))
            self.python_lane(stack)
            web_lane.result()
            if "launcher" in self.parts:
                self.launcher(stack)
            if "e2e" in self.parts:
                self.end_to_end(stack, web)
        return self.report()

    # Lanes ------------------------------------------------------------------------------

    def python_lane(self, stack: Stack) -> None:
        python, backend, root = str(self.paths.python), self.paths.backend, self.paths.root
        env = stack.environment(origin="http://localhost:3000")
        config = ["--config", str(backend / "pyproject.toml")]
        launcher = [str(root / "launcher"), str(root / "dott")]
        if "lint" in self.parts:
            ruff = [python, "-m", "ruff"]
            self.step(stack, "ruff check", [*ruff, "check", *config, str(backend), *launcher], root, env)
            self.step(
                stack,
                "ruff format",
                [*ruff, "format", "--check", *config, str(backend), *launcher],
                root,
                env,
            )
            self.step(stack, "mypy", [python, "-m", "mypy"], backend, env)
            self.step(stack, "mypy launcher", [python, "-m", "mypy", "--strict", "-p", "launcher"], root, env)
            self.step(stack, "import rules", [python, "-c", IMPORT_LINTER], backend, env)
            self.step(
                stack, "migrations are complete",
                [python, "manage.py", "makemigrations", "--check", "--dry-run"], backend, env,
            )  # fmt: skip
            self.step(
                stack,
                "OpenAPI file is current",
                [python, "manage.py", "export_openapi", "--check"],
                backend,
                env,
            )
        if "backend" in self.parts:
            self.step(stack, "backend tests", [python, "-m", "pytest", *self.extra], backend, env)

    def web_lane(self, stack: Stack, web: web_env.Web) -> None:
        if not {"frontend", "launcher", "e2e"} & set(self.parts):
            return
        if not web.is_installed():
            self.work("web packages", web.install, web.log)
        if "frontend" in self.parts:
            for title, script in (
                ("frontend lint", "lint"),
                ("frontend types", "typecheck"),
                ("API types are current", "api:check"),
                ("frontend tests", "test"),
            ):
                extra = self.extra if script == "test" else []
                self.step(
                    stack, title, [web.pnpm(), "run", script, *extra],
                    self.paths.frontend, web_env.environment({"CI": "1"}),
                )  # fmt: skip
        if not web.is_built():
            self.work("production build", web.build, web.log)

    def launcher(self, stack: Stack) -> None:
        """After the build, because it starts whole Dotts from it."""
        argv = [str(self.paths.python), "-m", "pytest", "launcher/tests", *self.extra]
        self.step(stack, "launcher tests", argv, self.paths.root, stack.environment(origin=""))

    def end_to_end(self, stack: Stack, web: web_env.Web) -> None:
        """A whole Dott on free ports, then budgets and the browser tests against it."""
        web_port = free_port(FIRST_PORT)
        api_port = free_port(web_port + 1)
        origin = f"http://localhost:{web_port}"

        def start() -> None:
            stack.migrate()
            stack.seed_demo()
            env = stack.environment(origin=origin)
            stack.start_api(api_port, env)
            stack.start_worker(env)
            stack.start_web(web.release, web_port, api_port)
            up.wait_for_pages(stack, web_port, api_port)

        if not self.work("Dott starts", start, stack.paths.logs / "api.log"):
            return
        env = web_env.environment(
            {
                "CI": "1",
                "DOTT_E2E_URL": origin,
                "DOTT_MAIL_DIR": str(stack.paths.mail),
                "DOTT_DEMO_EMAIL": stack.demo_email() or "",
                "DOTT_DEMO_PASSWORD": stack.secrets["DOTT_DEMO_PASSWORD"],
            }
        )
        for title, script, extra in (
            ("page budgets", "budgets", []),
            ("end-to-end tests", "e2e", self.extra),
        ):
            self.step(stack, title, [web.pnpm(), "run", script, *extra], self.paths.frontend, env)

    # Steps ------------------------------------------------------------------------------

    def step(self, stack: Stack, title: str, argv: Sequence[str], cwd: Path, env: dict[str, str]) -> bool:
        """Run a command as one step; its output is shown when it fails, or when it is the only part."""
        log = self.log(title)

        def work() -> None:
            code = stack.supervisor.run(argv, cwd=cwd, log=log, env=env)
            stack.supervisor.raise_if_stopping()
            if code != 0:
                raise LauncherError(process.tail(log, SHOWN_LINES))

        return self.work(title, work, log)

    def work(self, title: str, work: Callable[[], None], log: Path) -> bool:
        """Time a piece of work and note whether it passed."""
        started = time.monotonic()
        try:
            with self.console.step(title):
                work()
        except LauncherError as error:
            self.console.say(f"--- {title}\n{error}\n--- whole output: {log}")
            passed = False
        except Stopped:
            raise
        else:
            passed = True
        self.results.append(Result(title, passed, time.monotonic() - started, log))
        return passed

    def log(self, title: str) -> Path:
        folder = self.paths.logs / "test"
        folder.mkdir(exist_ok=True)
        log = folder / f"{title.lower().replace(' ', '-')}.log"
        log.write_bytes(b"")
        return log

    def report(self) -> int:
        self.console.say()
        for result in self.results:
            line = self.console.done if result.passed else self.console.failed
            line(result.title, result.seconds, "" if result.passed else f"see {result.log}")
        failed = sum(not result.passed for result in self.results)
        self.console.say(f"\n{len(self.results) - failed} passed, {failed} failed")
        return 1 if failed or not self.results else 0


# `lint-imports` has no `python -m` form, and its script may not start from every path.
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"


def free_port(first: int) -> int:
    return next(port for port in range(first, first + 200) if not is_taken(port))
