"""What is in the images, and what a container of one may do: as little as its work needs."""

import json
import os
import re
import signal
import subprocess
import tarfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from busy import within
from engine.daemon import Docker
from halves import DEPLOY, HALVES

SIZE_LIMIT_BYTES = 200_000_000
HEALTHY_WITHIN_S = 5.0
STOP_WITHIN_S = 30
USERS = {"dott-api": "dott", "dott-frontend": "nextjs"}
UID = 1001
Images = dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=HALVES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def files(
    docker: Docker, images: Images, name: str, tmp_path_factory: pytest.TempPathFactory
) -> list[tarfile.TarInfo]:
    """Everything in the file system of an image."""
    target = tmp_path_factory.mktemp("export") / "root.tar"
    container = docker.run("create", name)
    docker.run("export", "--output", str(target), container)
    docker.run("rm", container)
    with tarfile.open(target) as archive:
        return archive.getmembers()


class Container:
    """The web half with the rights it has in production, and without any network but loopback."""

    def __init__(self, docker: Docker) -> None:
        self.docker = docker
        self.name = f"dott-test-{uuid.uuid4().hex[:12]}"
        hard = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=512m"]
        hard += ["--pids-limit=100", "--tmpfs=/tmp", f"--tmpfs=/app/.next/cache:uid={UID},gid={UID}"]
        docker.run("run", "--detach", "--name", self.name, "--network=none", *hard, "dott-frontend")

    def inspect(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.docker.run("inspect", self.name))[0]["State"]
        return state

    def logs(self) -> str:
        done = subprocess.run(
            ["docker", "logs", self.name], env=self.docker.env, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def healthy_after(self, limit_s: float = 30) -> float:
        """Seconds until the engine calls it healthy. Raises AssertionError with its log."""
        started = time.monotonic()
        while self.inspect()["Health"]["Status"] != "healthy":
            assert time.monotonic() - started < limit_s, self.logs()
            assert self.inspect()["Running"], self.logs()
            time.sleep(0.05)
        return time.monotonic() - started

    def remove(self) -> None:
        self.docker.run("rm", "--force", "--volumes", self.name)


@pytest.fixture
def container(docker: Docker, images: Images) -> Iterator[Container]:
    started = Container(docker)
    try:
        yield started
    finally:
        started.remove()


# What it is ---------------------------------------------------------------------------------------------


def test_an_image_is_small(images: Images, name: str) -> None:
    size = images[name]["Size"]
    print(f"{name}: {size / 1e6:.1f} MB, {len(images[name]['RootFS']['Layers'])} layers")
    assert size <= SIZE_LIMIT_BYTES


def test_an_image_says_what_it_is_and_how_to_run_it(images: Images, name: str) -> None:
    config = images[name]["Config"]

    assert config["User"] == USERS[name]
    assert config["Healthcheck"]["Test"][0] == "CMD"  # no shell
    assert config["StopSignal"] == "SIGTERM"
    assert config["Labels"]["org.opencontainers.image.title"] == name
    assert {
        f"org.opencontainers.image.{key}" for key in ("version", "revision", "licenses", "description")
    } <= set(config["Labels"])


def test_no_setting_and_no_secret_is_built_in(docker: Docker, images: Images, name: str) -> None:
    """Configuration comes when a container starts: one image serves every place."""
    history = docker.run("history", "--no-trunc", "--format", "{{.CreatedBy}}", name)
    given = {line.partition("=")[0] for line in images[name]["Config"]["Env"]}

    for word in ("SECRET", "PASSWORD", "TOKEN", "DATABASE", "EMAIL", "NEXT_PUBLIC", "_ORIGIN", "API_KEY"):
        assert not [variable for variable in given if word in variable], word
        assert word not in history, word
    assert not [variable for variable in given if variable.lower().endswith("_proxy")]


# What is in it ------------------------------------------------------------------------------------------


def test_no_shell_and_no_tool_is_in_it(files: list[tarfile.TarInfo]) -> None:
    unwanted = """
        sh bash dash busybox apt apt-get dpkg npm npx pnpm corepack yarn pip pip3 uv curl wget tar su sudo
        mount cat env perl gcc strip git
    """
    programs = {Path(member.name).name for member in files if "bin" in Path(member.name).parent.parts[-1:]}

    assert programs & set(unwanted.split()) == set()
    assert programs  # the names above are looked for where programs lie


# ASVS 15.2.3
def test_nothing_that_only_a_build_or_a_developer_needs_is_in_it(
    files: list[tarfile.TarInfo], name: str
) -> None:
    ours = [member.name for member in files if member.name.startswith(("app/", "opt/"))]
    assert len(ours) > 500
    unwanted = re.compile(
        r"(^|/)(\.env[^/]*|\.git|\.npmrc|Dockerfile[^/]*|\.dockerignore|conftest\.py|test_[^/]+\.py|[^/]+\.test\.tsx?|__tests__|e2e|"
        r"id_rsa[^/]*|[^/]+\.(pem|key|dump|sqlite3|pyi|map|tsx|swp|log))$"
    )
    if name == "dott-api":
        assert [
            path for path in ours if path.startswith("app/") and re.search(r"(^|/)(tests|image)(/|$)", path)
        ] == []
        # Packages may carry such names in their own folders; what is ours may not.
        ours = [path for path in ours if path.startswith("app/")]
    assert [path for path in ours if unwanted.search(path)] == []


# ASVS 15.2.4
def test_only_locked_packages_for_production_are_in_the_api(
    docker: Docker, files: list[tarfile.TarInfo], name: str
) -> None:
    found = {
        Path(member.name).name.partition("-")[0].lower().replace("_", "-")
        for member in files
        if member.name.endswith(".dist-info") and "site-packages" in member.name
    }
    lock = (DEPLOY.parent / "backend/pyfactor/requirements.lock").read_text()
    locked = {line.partition("==")[0].lower() for line in lock.splitlines() if re.match(r"^[A-Za-z]", line)}

    assert found == (locked if name == "dott-api" else set())


def test_the_web_half_has_no_tool_of_its_build(files: list[tarfile.TarInfo], name: str) -> None:
    package = json.loads((DEPLOY.parent / HALVES["dott-frontend"] / "package.json").read_text())
    names = {
        path.rpartition("node_modules/")[2]  # the last: pnpm keeps each package in a folder of its own
        for path in (member.name for member in files)
        if "/node_modules/" in path
    }

    assert ("next" in {path.split("/")[0] for path in names}) == (name == "dott-frontend")
    # The image library: no picture is resized here (next.config.ts).
    for tool in (*package["devDependencies"], "sharp", "@img"):
        assert not [path for path in names if path == tool or path.startswith(f"{tool}/")], tool


def test_the_server_cannot_rewrite_itself(files: list[tarfile.TarInfo], name: str) -> None:
    own = {member.name.rstrip("/") for member in files if member.uid == UID}
    open_to_all = {m.name.rstrip("/") for m in files if m.mode & 0o002 and not m.issym() and not m.isdev()}

    assert own == (
        {"var/lib/dott", "var/lib/dott/files", "var/lib/dott/mail"} if name == "dott-api" else set()
    )
    assert open_to_all <= {"tmp", "var/tmp", "run/lock", "var/lock"}
    assert [member.name for member in files if member.mode & 0o6000 and member.isfile()] == []


# How it runs --------------------------------------------------------------------------------------------
# The API serves only beside a database: compose/test_start.py looks at how it starts and stops.


def test_the_web_half_is_healthy_soon_and_leaves_when_asked(container: Container) -> None:
    """Read-only, without capabilities, without network."""
    seconds = container.healthy_after()
    status = Path(f"/proc/{container.inspect()['Pid']}/status").read_text()
    told = dict(re.findall(r"^(\w+):\s*(.*)$", status, re.MULTILINE))
    started = time.monotonic()
    container.docker.run("stop", "--timeout", str(STOP_WITHIN_S), container.name)
    stopping = time.monotonic() - started
    print(f"healthy after {seconds:.1f} s, stopped after {stopping:.1f} s")

    assert seconds < within(HEALTHY_WITHIN_S)
    assert set(told["Uid"].split()) == {str(UID)}
    assert {int(told[kind], 16) for kind in ("CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb")} == {0}
    assert told["NoNewPrivs"] == "1"
    assert stopping < STOP_WITHIN_S - 5
    assert container.inspect()["ExitCode"] in {0, 143}  # 143: ended by the signal itself


def test_the_health_check_notices_a_server_that_hangs(container: Container) -> None:
    container.healthy_after()
    found = json.loads(container.docker.run("inspect", container.name))[0]
    check = found["Config"]["Healthcheck"]["Test"][1:]
    assert container.docker.answers("exec", container.name, *check)

    os.kill(found["State"]["Pid"], signal.SIGSTOP)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            container.docker.run("exec", container.name, *check, timeout_s=5)
    finally:
        os.kill(found["State"]["Pid"], signal.SIGCONT)


@pytest.mark.parametrize("command", [[], ["manage.py", "run_worker"], ["manage.py", "migrate", "--noinput"]])
def test_without_its_key_no_role_of_the_api_starts(
    docker: Docker, images: Images, command: list[str]
) -> None:
    tried = subprocess.run(
        ["docker", "run", "--rm", "--network=none", "dott-api", *command],
        env=docker.env,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert tried.returncode != 0
    assert "DJANGO_SECRET_KEY (or DJANGO_SECRET_KEY_FILE) is not set" in tried.stderr + tried.stdout


def test_the_api_has_what_is_compiled_for_it(docker: Docker, images: Images) -> None:
    """And may load it, with the libpq of the image's own psycopg."""
    asked = "from dott.platform.api.plans.native import _library; print(_library() is not None)"
    said = docker.run("run", "--rm", "--network=none", "--read-only", "dott-api", "-c", asked)
    assert said.strip() == "True"
