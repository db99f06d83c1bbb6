"""`./dott manage …` and `./dott bench …`: programs with database and environment in place."""

import os
import signal
import subprocess
import sys

from launcher import undertaker, up
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, is_external, opened

ORIGIN = "http://localhost:3000"
# Benchmarks that start PostgreSQL and servers themselves; the others are given a database.
STARTS_ITS_OWN = frozenset({"board", "compare", "dashboard", "growth", "overload", "search", "start", "web"})


def run(paths: Paths, arguments: list[str]) -> int:
    """Run one command in the foreground; returns its exit code.

    PostgreSQL is joined when it runs and otherwise started for the duration. Standard
    output is the command's alone, so it can be redirected.
    """
    console = Console(sys.stderr, quiet=True)

    def say_waiting() -> None:
        console.say("Another command still uses PostgreSQL; waiting for it (Ctrl-C: stop it now).")

    with opened(paths, console, on_wait=say_waiting) as stack:
        stack.prepare_python()
        stack.start_database()
        command = arguments[0] if arguments else "help"
        is_server = command == "runserver"
        if is_server or not stack.is_migrated():
            stack.migrate()
        note = up.running(paths)
        env = stack.environment(origin=str(note.get("url") or ORIGIN), debug=is_server)
        if stack.cluster is not None:  # for dbshell
            env["PATH"] = f"{env.get('PATH', os.defpath)}:{stack.cluster.placement.binaries.folder}"
        if command == "seed_demo":
            env.setdefault("DOTT_DEMO_PASSWORD", stack.secrets["DOTT_DEMO_PASSWORD"])
        if is_server:
            stack.seed_demo()
            console.say(
                f"Demo sign-in: {stack.demo_email()}   password: {stack.secrets['DOTT_DEMO_PASSWORD']}"
            )
            console.say(f"Mail: {paths.mail}")
            if not note:  # imports run in the worker; `up` has one already
                stack.start_worker(env)
        return in_foreground(stack, [str(paths.backend / "manage.py"), *arguments], env)


def command(name: str, paths: Paths, arguments: list[str]) -> int:
    """Run one Django command that has a verb of its own."""
    return run(paths, [name, *arguments])


def bench(paths: Paths, arguments: list[str]) -> int:
    """`./dott bench [NAME] …`: run bench/NAME.py, by default compare, on a cluster of its own."""
    known = sorted(path.stem for path in (paths.root / "bench").glob("*.py"))
    if arguments[:1] == ["--web"]:
        arguments = ["web", *arguments[1:]]
    name, *rest = arguments if arguments and not arguments[0].startswith("-") else ["compare", *arguments]
    if name not in known:
        raise LauncherError("Which benchmark?", f"./dott bench [{'|'.join(known)}]")
    paths.make_state()
    # Beside a running Dott and its data; what it builds is kept there.
    state = paths.with_state(paths.state / "bench")
    with opened(state, Console(sys.stderr, quiet=True)) as stack:
        stack.prepare_python()
        env = dict(os.environ)
        if name not in STARTS_ITS_OWN:
            stack.start_database()
            env = stack.environment(origin=ORIGIN)
        env["DOTT_STATE_DIR"] = str(state.state)
        script = str(paths.root / "bench" / f"{name}.py")
        return in_foreground(stack, [script, *rest], env)


def in_foreground(stack: Stack, arguments: list[str], env: dict[str, str]) -> int:
    """Run a Python program. It has our terminal: it stays in our process group and gets Ctrl-C itself."""
    interrupt = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        child = subprocess.Popen([str(stack.paths.python), *arguments], env=env)
        stack.supervisor.watch(child.pid)
        try:
            code = child.wait()
        finally:
            if child.poll() is None:  # SIGTERM: runserver's reloader would leave its child
                undertaker.bury({child.pid: signal.SIGTERM})
                child.wait()
            stack.supervisor.unwatch(child.pid)
    finally:
        signal.signal(signal.SIGINT, interrupt)
    return code if code >= 0 else 128 - code


def database_only(paths: Paths, console: Console) -> int:
    """`./dott db`: PostgreSQL alone, in the foreground."""
    with opened(paths, console) as stack:
        stack.prepare_python()
        stack.start_database()
        if is_external() or stack.cluster is None:
            console.say("DATABASE_URL is set: nothing to run.")
            return 0
        console.say(f"PostgreSQL {stack.cluster.placement.binaries.version} runs; its socket is in")
        console.say(f"{stack.cluster.sockets}. `./dott manage dbshell` connects. Ctrl-C stops it.")
        up.watch(stack, None)
    return 1
