"""`./dott test`: everything CI runs, on a database of its own, beside a running Dott."""

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from launcher import checks, ports, process, test_programs, up, web_env
from launcher.checks import PARTS, Check
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened

SHOWN_LINES = 80


@dataclass(frozen=True)
class Result:
    title: str
    passed: bool
    seconds: float
    log: Path | None


def run(paths: Paths, console: Console, parts: Sequence[str], extra: Sequence[str]) -> int:
    """Run the parts (all when none is named); 0 only if every step passed.

    extra: arguments for the part's test runner; needs exactly one part. Ends with a table
    of the steps and the line "N passed, N failed".
    """
    if unknown := [part for part in parts if part not in PARTS]:
        raise LauncherError(f"No such part: {', '.join(unknown)}.", f"one or more of {', '.join(PARTS)}")
    if extra and (len(parts) != 1 or parts[0] == "lint"):
        raise LauncherError("Arguments after -- need one part with tests.", "./dott test backend -- -k name")
    paths.make_state()
    with tried(paths, console) as stack:
        session = Session(stack, web_env.Web(paths, stack.supervisor), parts or PARTS, extra)
        session.run()
    return session.report()


def tried(paths: Paths, console: Console) -> AbstractContextManager[Stack]:
    """The stack of tests: its own cluster, files and mail; the web build is shared, kept by source hash.

    Whoever started the cluster lets other runs of tests that joined it come to their end.
    """

    def say_waiting() -> None:
        console.say("Another run of tests still uses this PostgreSQL; waiting for it (Ctrl-C: stop it now).")

    return opened(paths.with_state(paths.state / "test"), console, durable=False, on_wait=say_waiting)


def run_images(paths: Paths, console: Console, parts: Sequence[str], extra: Sequence[str]) -> int:
    """Build the container images and try them: deploy/tests, with its own engine where Docker is missing.

    The exit code is that of the tests: 0 when all passed, 77 where no engine can run. Then stderr says
    why, and nothing counts as passed.
    """
    if parts:
        raise LauncherError("--images stands alone.", "./dott test --images [-- arguments for pytest]")
    paths.make_state()
    with tried(paths, console) as stack:
        return Session(stack, web_env.Web(paths, stack.supervisor), [checks.IMAGES], extra).images()


def run_tour(paths: Paths, console: Console, extra: Sequence[str]) -> int:
    """Start Dott with the demo business and take a picture of every screen; 0 if all could be taken.

    extra: arguments for Playwright. The pictures and their index.html go to `.dott/tour`, emptied first.
    """
    paths.make_state()
    album = paths.state / "tour"
    shutil.rmtree(album, ignore_errors=True)
    with tried(paths, console) as stack:
        session = Session(stack, web_env.Web(paths, stack.supervisor), [checks.TOUR], extra)
        session.tour(album)
    console.say(f"\n  Look at  {album / 'index.html'}")
    return session.report()


class Session:
    """One run: its parts, what it found so far, and the stack it tests.

    One part alone writes straight to the terminal; several write to logs, shown on failure.
    """

    def __init__(self, stack: Stack, web: web_env.Web, parts: Sequence[str], extra: Sequence[str]) -> None:
        self.stack = stack
        self.web = web
        self.paths = web.paths
        self.console = stack.console
        self.parts = set(parts)
        self.extra = list(extra)
        self.results: list[Result] = []

    def run(self) -> None:
        """Python and web side by side, then what needs both."""
        self.find_programs()
        self.stack.prepare_python(dev=True)
        if self.parts & {"lint", "backend", "e2e"}:
            self.stack.start_database()
        web_lane = up.InBackground(self.web_lane)
        self.all_of(checks.of_python(self.paths), self.stack.environment(origin="http://localhost:3000"))
        web_lane.result()
        env = web_env.environment({"DOTT_STATE_DIR": str(self.paths.state)})  # where the build is
        self.all_of(checks.of_launcher(self.paths), env)
        if "e2e" in self.parts:
            self.in_whole_dott(checks.of_browser(self.paths, self.web.pnpm()), {})

    def tour(self, album: Path) -> None:
        """Pictures of a whole Dott, into a folder."""
        self.find_programs()
        self.stack.prepare_python(dev=True)
        self.stack.start_database()
        self.web_lane()
        self.in_whole_dott(checks.of_tour(self.paths, self.web.pnpm()), {"DOTT_TOUR_DIR": str(album)})

    def images(self) -> int:
        """The exit code of the tests of the images; a browser and its driver come from this machine."""
        self.find_programs()
        self.stack.prepare_python(dev=True)
        if not self.web.is_installed() and not self.work("web packages", self.web.install, self.web.log):
            return self.report()
        check = checks.of_images(self.paths)
        chosen = {name: value for name, value in os.environ.items() if name.startswith("DOTT_IMAGES_")}
        env = web_env.environment({"CI": "1"} | chosen)
        code = self.stack.supervisor.run([*check.argv, *self.extra], cwd=check.folder, log=None, env=env)
        self.stack.supervisor.raise_if_stopping()
        return code

    def find_programs(self) -> None:
        """Programs from the system's packages: installed when we may, else named before anything runs."""
        wanted = test_programs.missing(self.parts)
        if wanted and test_programs.can_install():
            names = ", ".join(program.package for program in wanted)
            self.work(
                f"apt-get install {names}",
                lambda: test_programs.install(wanted, self.stack.supervisor, self.paths.logs / "apt.log"),
                self.paths.logs / "apt.log",
            )
        for program in test_programs.missing(self.parts):
            program.required()

    def web_lane(self) -> None:
        if not self.parts & {"frontend", "launcher", "e2e", checks.TOUR, checks.ATTACKS}:
            return
        if not self.web.is_installed() and not self.work("web packages", self.web.install, self.web.log):
            return
        self.all_of(checks.of_web(self.paths, self.web.pnpm()), web_env.environment({"CI": "1"}))
        if not self.web.is_built():
            self.work("production build", self.web.build, self.web.log)

    def in_whole_dott(self, browser: Sequence[Check], more: Mapping[str, str]) -> None:
        """A whole Dott on free ports, and a browser's checks against it. more: variables for them."""
        # Not the first free ones: another run of tests would take the same at the same moment, and two APIs
        # may listen on one port (SO_REUSEPORT), each with half of the other's requests.
        web_port = ports.any_free()
        api_port = ports.any_free()
        realtime_port = ports.any_free()
        receiver_port = ports.any_free()
        origin = f"http://localhost:{web_port}"
        stack = self.stack

        def start() -> None:
            stack.start_over()
            stack.migrate()
            stack.seed_demo()
            only_here = {
                # Every person of these tests comes from one address, within an hour.
                "DOTT_SIGN_UPS_PER_HOUR": "100",
                # Webhooks may call what a test listens with, and nothing else on this machine.
                "DOTT_EGRESS_EXCEPTIONS": f"127.0.0.1:{receiver_port}",
            }
            env = stack.environment(origin=origin) | only_here
            stack.start_api(api_port, env)
            stack.start_worker(env)
            stack.start_realtime(realtime_port, env)
            stack.start_web(self.web.release, web_port, api_port, realtime_port)
            up.wait_for_pages(stack, web_port, api_port)

        if self.web.is_built() and self.work("Dott starts", start, stack.paths.logs / "api.log"):
            demo = {
                "DOTT_DEMO_EMAIL": stack.demo_email() or "",
                "DOTT_DEMO_PASSWORD": stack.secrets["DOTT_DEMO_PASSWORD"],
                "DOTT_E2E_RECEIVER_PORT": str(receiver_port),
            }
            env = checks.browser_environment(origin, stack.paths.mail, demo)
            self.all_of(browser, {**env, **more})

    def all_of(self, some: Sequence[Check], env: Mapping[str, str]) -> None:
        """Run those checks that belong to a chosen part; a failing one does not stop the next."""
        for check in some:
            if check.part in self.parts:
                self.one(check, env)

    def one(self, check: Check, env: Mapping[str, str]) -> None:
        log = None if len(self.parts) == 1 else self.log(check.title)
        argv = [*check.argv, *(self.extra if check.takes_arguments else [])]

        def work() -> None:
            run = self.stack.supervisor.run
            code = run(argv, cwd=check.folder, log=log, env=env)
            self.stack.supervisor.raise_if_stopping()
            if code != 0:
                shown = f"{process.tail(log, SHOWN_LINES)}\n(all of it: {log})" if log else ""
                raise LauncherError(shown or f"{argv[0]} ended with {code}")

        self.work(check.title, work, log)

    def work(self, title: str, work: Callable[[], None], log: Path | None) -> bool:
        """Time a piece of work and note whether it passed."""
        started = time.monotonic()
        passed = True
        try:
            with self.console.step(title, writes=log is None):
                work()
        except LauncherError as error:
            passed = False
            self.console.say(f"--- {title}\n{error}\n---")
        self.results.append(Result(title, passed, time.monotonic() - started, log))
        return passed

    def log(self, title: str) -> Path:
        folder = self.paths.logs / "test"
        folder.mkdir(exist_ok=True)
        log = folder / f"{title.lower().replace(', ', '-').replace(' ', '-')}.log"
        log.write_bytes(b"")
        return log

    def report(self) -> int:
        """Print the table and the counts; the exit code."""
        self.console.say()
        for result in self.results:
            line = self.console.done if result.passed else self.console.failed
            line(result.title, result.seconds, "" if result.passed or not result.log else f"see {result.log}")
        failed = sum(not result.passed for result in self.results)
        self.console.say(f"\n{len(self.results) - failed} passed, {failed} failed")
        return 1 if failed or not self.results else 0
