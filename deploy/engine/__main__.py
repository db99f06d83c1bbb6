"""`python3 deploy/engine COMMAND`: start, stop and use the engine by hand."""

import argparse
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine import daemon, machine, standins

# What a test run ends with when this machine can run no engine: neither passed nor failed.
SKIPPED = 77


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="deploy/engine", description="A container engine and base images.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    up = verbs.add_parser("up", help="start the engine, make the base images, print its environment")
    up.add_argument("groups", nargs="*", metavar="GROUP", help="build, service (both by default), naive")
    verbs.add_parser("env", help="print the environment of the engine as shell commands")
    verbs.add_parser("down", help="stop the engine; images and caches stay")
    run = verbs.add_parser("run", help="run a command with the engine up: run docker build …")
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="…")
    return top


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    own = daemon.Daemon(machine.cache())
    try:
        match options.verb:
            case "up":
                return up(own, options.groups)
            case "env":
                print(exports((daemon.of_machine() or own.docker).env))
            case "down":
                own.stop()
            case _:
                # A child that tests looks after the time by itself.
                machine.when_time_is_up(refuse)
                with daemon.running(own.cache) as docker:
                    machine.time_is_never_up()
                    return subprocess.run(options.command, env=docker.env).returncode
    except machine.CannotRunError as reason:
        print(f"skipped: {reason}", file=sys.stderr)
        return SKIPPED
    return 0


def refuse() -> None:
    raise machine.CannotRunError("the time was up before the engine ran")


def up(own: daemon.Daemon, groups: list[str]) -> int:
    """Start the engine and leave it running. On a machine with Docker there is nothing to do."""
    if (docker := daemon.of_machine()) is not None:
        print("# This machine has Docker; it uses the real base images.")
        print(exports(docker.env))
        return 0
    started = time.monotonic()
    own.cache.mkdir(parents=True, exist_ok=True)
    own.start()
    made = standins.ensure(own.docker, own.cache, *groups)
    print(f"# engine {own.pid()} with its base images after {time.monotonic() - started:.0f} s")
    print("".join(f"# made {name}\n" for name in made), end="")
    print(exports(own.env))
    return 0


def exports(env: dict[str, str]) -> str:
    names = ("PATH", "DOCKER_HOST", "DOCKER_CONFIG", "DOTT_IMAGES_ENGINE")
    return "\n".join(f"export {name}={shlex.quote(env[name])}" for name in names if name in env)


if __name__ == "__main__":
    # What was started for a command ends with it, also when it is told to stop.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
