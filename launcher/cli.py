"""The command line: which verb does what."""

import argparse
import io
import os
import sys
from collections.abc import Callable
from functools import partial

from launcher import asvs, attacks, checks, doctor, manage, testing, up
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.supervisor import Stopped

# Everything after these belongs to the program they start.
PASSED_ON: dict[str, Callable[[Paths, list[str]], int]] = {
    "manage": manage.run,
    "bench": manage.bench,
    "export": partial(manage.command, "export_business"),
    "import": partial(manage.command, "import_business"),
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./dott", description="Start, check and stop Dott on this machine.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, text in (
        ("up", "start everything and print where it is"),
        ("dev", "the same with hot reload of both halves"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("--web-port", type=int, metavar="N", help="default 3000 (DOTT_WEB_PORT)")
        verb.add_argument("--api-port", type=int, metavar="N", help="default 8000 (DOTT_API_PORT)")
        verb.add_argument("--no-demo", action="store_true", help="without the demo business")
    test = verbs.add_parser("test", help="everything CI runs, or some parts of it")
    test.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"{', '.join(checks.PARTS)} (all); after -- arguments for the part's test runner",
    )
    test.add_argument(
        "--images",
        action="store_true",
        help="instead: build the container images and try them over HTTPS (root on Debian, or Docker)",
    )
    test.add_argument(
        "--attacks",
        action="store_true",
        help="instead: the whole attack suite, and the count of each attack (half an hour)",
    )
    verbs.add_parser("tour", help="pictures of every screen; after -- arguments for Playwright")
    verbs.add_parser("down", help="stop a running `up` or `dev`")
    verbs.add_parser("doctor", help="check each precondition and say how to mend it")
    verbs.add_parser("manage", help="run a Django command: ./dott manage COMMAND …", add_help=False)
    verbs.add_parser("bench", help="measure: ./dott bench [NAME] …", add_help=False)
    verbs.add_parser("export", help="a whole business into a zip: ./dott export SLUG FILE", add_help=False)
    verbs.add_parser("import", help="and into an empty one: ./dott import FILE SLUG", add_help=False)
    verb = verbs.add_parser("asvs", help="the requirements of OWASP ASVS and the tests that cover them")
    verb.add_argument("--check", action="store_true", help="only the counts and what is wrong, as CI does")
    verbs.add_parser("db", help="PostgreSQL alone, in the foreground")
    return top


def dispatch(arguments: list[str]) -> int:
    paths = Paths.find()
    if arguments and arguments[0] in PASSED_ON:
        return PASSED_ON[arguments[0]](paths, arguments[1:])
    extra: list[str] = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, extra = arguments[:at], arguments[at + 1 :]
    options = parser().parse_args(arguments)
    console = Console()
    match options.verb:
        case "up" | "dev":
            chosen = up.Options(
                options.web_port, options.api_port, not options.no_demo, options.verb == "dev"
            )
            return up.run(paths, console, chosen)
        case "test" | "tour":
            return tests(paths, console, options, extra)
        case "asvs":
            return asvs.run(paths, console, is_check=options.check)
        case "down" | "doctor":
            return (up.down if options.verb == "down" else doctor.run)(paths, console)
        case _:
            return manage.database_only(paths, console)


def tests(paths: Paths, console: Console, options: argparse.Namespace, extra: list[str]) -> int:
    if options.verb == "tour":
        return testing.run_tour(paths, console, extra)
    run = testing.run_images if options.images else testing.run
    run = attacks.run if options.attacks else run
    return run(paths, console, options.parts, extra)


def main(arguments: list[str]) -> int:
    """Run a command; returns the exit code. Failures are shown as text with a way to mend them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no ✓
    try:
        return dispatch(arguments)
    except LauncherError as error:
        Console().error(str(error), error.mend)
        return 1
    except PermissionError as error:
        failure = doctor.no_permission(error, Paths.find())
        Console().error(str(failure), failure.mend)
        return 1
    except BrokenPipeError:  # `./dott … | head`; keep Python from complaining at exit as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Stopped:
        print("Stopped.", file=sys.stderr)
        return 130
    except KeyboardInterrupt:
        return 130
