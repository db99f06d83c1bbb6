"""`./dott up` and `./dott dev`: everything, in the foreground, until it is stopped."""

import functools
import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher import ports, process, stamps, web_env
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.locks import FileLock, is_held
from launcher.paths import Paths
from launcher.stack import NOT_CODE, Stack, opened
from launcher.supervisor import Service, service_failure, wait_until

READY_WITHIN_S = 120.0


@dataclass(frozen=True)
class Options:
    """Ports asked for on the command line; whether to fill the demo business."""

    web_port: int | None = None
    api_port: int | None = None
    demo: bool = True
    is_dev: bool = False


class InBackground:
    """A piece of work in a second thread whose failure is raised by `result`."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - handed over, raised by result()
            self._error = error

    def raise_if_failed(self) -> None:
        if self._error is not None:
            raise self._error

    def result(self) -> None:
        while self._thread.is_alive():
            self._thread.join(0.05)  # short, so that signals reach the main thread
        self.raise_if_failed()


def run(paths: Paths, console: Console, options: Options) -> int:
    """Start everything and watch it; returns the exit code."""
    started = time.monotonic()
    paths.make_state()
    lock = FileLock(lock_path(paths))
    if not lock.acquire():
        note = running(paths)
        console.say(f"Dott is already running: {note.get('url') or 'it is starting'}")
        return 0
    lock.write(json.dumps({"pid": os.getpid()}))
    with opened(paths, console) as stack:
        web_port = ports.choose(ports.WEB, options.web_port, console.say)
        api_port = ports.choose(ports.API, options.api_port, console.say, avoid=web_port)
        url = os.environ.get("DOTT_PUBLIC_ORIGIN") or f"http://localhost:{web_port}"
        worker = launch(stack, options, url, web_port, api_port)
        lock.write(json.dumps({"pid": os.getpid(), "url": url}))
        announce(stack, options, url, time.monotonic() - started)
        watch(stack, worker if options.is_dev else None)
    return 1


def launch(stack: Stack, options: Options, url: str, web_port: int, api_port: int) -> Service:
    """Prepare both halves side by side, start all services, wait until they answer.

    Returns the worker.
    """
    realtime_port = ports.any_free()
    console, web = stack.console, web_env.Web(stack.paths, stack.supervisor)
    if not web.is_installed():
        web_env.node()  # refuse before the long steps, not after
    preparing = InBackground(lambda: prepare_web(web, console, build=not options.is_dev))
    for step in (stack.prepare_python, stack.start_database, stack.migrate):
        step()
        preparing.raise_if_failed()
    if options.demo:
        stack.seed_demo()
    env = stack.environment(origin=url, debug=options.is_dev)
    if options.is_dev:
        stack.start_dev_api(api_port, env)
        preparing.result()
        stack.start_dev_web(web_port, api_port, realtime_port)
    else:
        stack.start_api(api_port, env)
        preparing.result()
        stack.start_web(web.release, web_port, api_port, realtime_port)
    with console.step("Dott answers"):
        wait_for_pages(stack, web_port, api_port)
    # Last: their start would only take the processor from the first page.
    stack.start_realtime(realtime_port, env)
    return stack.start_worker(env)


def wait_for_pages(stack: Stack, web_port: int, api_port: int) -> None:
    """Wait until the API is ready and the web half serves its first page."""
    for what, port, path in (("API", api_port, "/health/ready/"), ("Web", web_port, "/")):
        ready = functools.partial(answers, port, path)
        wait_until(ready, stack.supervisor, what=what, within_s=READY_WITHIN_S)


def prepare_web(web: web_env.Web, console: Console, *, build: bool) -> None:
    if build and web.is_built():
        return
    if not web.is_installed():
        with console.step("Web packages"):
            web.install()
    if build:
        with console.step("Web build"):
            web.build()


def answers(port: int, path: str) -> bool:
    """Whether an HTTP server on this machine gives a page, or a redirect to one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(stack: Stack, options: Options, url: str, seconds: float) -> None:
    say = stack.console.say
    say(f"\nDott is running ({seconds:.1f} s).\n")
    say(f"  Open     {url}")
    if options.demo and (email := stack.demo_email()):
        say(f"  Sign in  {email}   password: {stack.secrets['DOTT_DEMO_PASSWORD']}")
    say(f"  API      {url}/api/docs/")
    say(f"  Mail     {stack.paths.mail}   (each mail is a file)")
    say(f"  Logs     {stack.paths.logs}")
    say("\nCtrl-C stops it; the data stay.")


def watch(stack: Stack, reloaded: Service | None) -> None:
    """Wait until something ends by itself and raise what happened.

    Says where each new mail is. reloaded: a service to restart when the code changes.
    """
    mails = set(stack.paths.mail.iterdir())
    code = code_times(stack.paths) if reloaded else {}
    while True:
        time.sleep(0.5)
        if (service := stack.supervisor.ended()) is not None:
            raise service_failure(service)
        if stack.database_ended():
            log = stack.paths.logs / "postgres.log"
            raise LauncherError(
                f"PostgreSQL ended. The end of {log}:\n{process.tail(log)}",
                "run the command again; the data are recovered at the next start",
            )
        for mail in sorted(set(stack.paths.mail.iterdir()) - mails):
            mails.add(mail)
            stack.console.say(f"✉ New mail: {mail}")
        if reloaded is not None and (now := code_times(stack.paths)) != code:
            code = now
            stack.supervisor.restart(reloaded)


def code_times(paths: Paths) -> dict[Path, int]:
    """When each Python file of the backend last changed."""
    files = stamps.walk(paths.backend, NOT_CODE)
    return {path: path.stat().st_mtime_ns for path in files if path.suffix == ".py"}


def lock_path(paths: Paths) -> Path:
    return paths.run / "up.lock"


def running(paths: Paths) -> dict[str, object]:
    """What the running `up` wrote about itself: pid, and url once it answers."""
    if not is_held(lock_path(paths)):
        return {}
    try:
        note = json.loads(lock_path(paths).read_text())
    except (OSError, ValueError):  # caught in the middle of a write
        return {}
    return note if isinstance(note, dict) else {}


def down(paths: Paths, console: Console) -> int:
    """Stop the running `up` or `dev` and wait for it to end."""
    pid = running(paths).get("pid")
    if not isinstance(pid, int):
        console.say("Dott is not running.")
        return 0
    with console.step("Stopping"):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 60
        while is_held(lock_path(paths)):
            if time.monotonic() > deadline:
                raise LauncherError(f"Dott (process {pid}) did not stop within a minute.")
            time.sleep(0.1)
    return 0
