"""What CI checks: the commands of `./dott test`, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import web_env
from launcher.paths import Paths

PARTS = ("lint", "backend", "frontend", "launcher", "e2e")
# By its own command, `./dott test --images`: it needs a container engine and minutes of its own.
IMAGES = "images"
# By its own command, `./dott test --attacks`: all of what the backend's tests try a part of.
ATTACKS = "attacks"
# `./dott tour`: pictures to look at; it asserts nothing.
TOUR = "tour"

# `lint-imports` has no `python -m` form, and its script does not start from every path.
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"


@dataclass(frozen=True)
class Check:
    """One step: the part it belongs to, its title, its command and where that runs.

    takes_arguments: whether it is the test runner that arguments after `--` are for.
    """

    part: str
    title: str
    argv: Sequence[str]
    folder: Path
    takes_arguments: bool = False


def of_python(paths: Paths) -> list[Check]:
    """Linters and tests of the backend; they need the Python environment and a database."""
    backend, root = paths.backend, paths.root
    python = str(paths.python)
    ruff = [python, "-m", "ruff"]
    ours = ["--config", "launcher/ruff.toml", "launcher", "dott"]
    # Each with a ruff.toml of its own.
    others = ["deploy", "deploy/measure", "bench"]
    manage = [python, "manage.py"]
    return [
        Check("lint", "ruff, backend", [*ruff, "check", "."], backend),
        Check("lint", "ruff, launcher", [*ruff, "check", *ours], root),
        Check("lint", "ruff, deployment and benchmarks", [*ruff, "check", *others], root),
        Check("lint", "format, backend", [*ruff, "format", "--check", "."], backend),
        Check("lint", "format, launcher", [*ruff, "format", "--check", *ours], root),
        Check("lint", "format, deployment and benchmarks", [*ruff, "format", "--check", *others], root),
        Check("lint", "types, backend", [python, "-m", "mypy"], backend),
        Check("lint", "types, launcher", [python, "-m", "mypy", "--strict", "-p", "launcher"], root),
        Check("lint", "deployment files", [python, "deploy/check.py"], root),
        Check("lint", "import rules", [python, "-c", IMPORT_LINTER], backend),
        Check("lint", "migrations complete", [*manage, "makemigrations", "--check", "--dry-run"], backend),
        Check("lint", "OpenAPI file current", [*manage, "export_openapi", "--check"], backend),
        Check("lint", "data map current", [*manage, "data_map", "--check"], backend),
        Check("lint", "ASVS requirements", [python, "dott", "asvs", "--check"], root),
        Check("backend", "backend tests", [python, "-m", "pytest"], backend, takes_arguments=True),
    ]


def of_web(paths: Paths, pnpm: str) -> list[Check]:
    """Linters and tests of the frontend; they need its packages."""
    front = paths.frontend
    return [
        Check("frontend", "frontend lint", [pnpm, "run", "lint"], front),
        Check("frontend", "frontend types", [pnpm, "run", "typecheck"], front),
        Check("frontend", "API types current", [pnpm, "run", "api:check"], front),
        Check("frontend", "frontend tests", [pnpm, "run", "test"], front, takes_arguments=True),
    ]


def of_launcher(paths: Paths) -> list[Check]:
    """They start whole Dotts, so they need the web build."""
    argv = [str(paths.python), "-m", "pytest", "-q", "launcher/tests"]
    return [Check("launcher", "launcher tests", argv, paths.root, takes_arguments=True)]


def of_browser(paths: Paths, pnpm: str) -> list[Check]:
    """They need a running Dott, named by browser_environment."""
    front = paths.frontend
    return [
        Check("e2e", "page budgets", [pnpm, "run", "budgets"], front),
        Check("e2e", "end-to-end tests", [pnpm, "run", "e2e"], front, takes_arguments=True),
    ]


def of_attacks(paths: Paths, pnpm: str) -> tuple[Check, Check]:
    """The attacks on the backend, and those in a browser, which need a running Dott as of_browser does."""
    # Two at once, each on a database of its own, and each taking the next test when it has done one.
    share = ["-n", "2", "--dist", "load", "--maxschedchunk", "1"]
    argv = [str(paths.python), "-m", "pytest", *share, "tests/attacks"]
    browser = [pnpm, "run", "e2e", "xss"]
    return (
        Check(ATTACKS, "attacks", argv, paths.backend, takes_arguments=True),
        Check(ATTACKS, "attacks in a browser", browser, paths.frontend),
    )


def of_tour(paths: Paths, pnpm: str) -> list[Check]:
    """It needs a running Dott, as the browser tests do, and the folder for the pictures as DOTT_TOUR_DIR."""
    argv = [pnpm, "exec", "playwright", "test", "--config", "e2e/tour/tour.config.ts"]
    return [Check(TOUR, "tour", argv, paths.frontend, takes_arguments=True)]


def of_images(paths: Paths) -> Check:
    """Builds the images and runs the whole of compose.yaml; ends with 77 where no engine can run."""
    python = str(paths.python)
    argv = [python, "deploy/engine", "run", python, "-m", "pytest", "-q", "deploy/tests"]
    return Check(IMAGES, "images", argv, paths.root, takes_arguments=True)


def browser_environment(origin: str, mail: Path, demo: Mapping[str, str]) -> dict[str, str]:
    """What the browser tests are told: where Dott is, where its mail lands, whom to sign in."""
    return web_env.environment({"CI": "1", "DOTT_E2E_URL": origin, "DOTT_MAIL_DIR": str(mail), **demo})
