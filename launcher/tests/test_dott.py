"""`./dott` as a person uses it: whole programs, from outside.

`up` serves the production build that is kept in the state folder; `./dott test` makes it
before these tests run.
"""

import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launcher import account, database, undertaker
from launcher.paths import Paths
from launcher.ports import is_taken
from launcher.tests.conftest import CLEAN, ROOT, alive, usable, wait_for, wait_for_line

Dott = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def ports() -> dict[str, str]:
    """Two free ports, as the options that ask for them."""
    with socket.socket() as web, socket.socket() as api:
        for one in (web, api):
            one.bind(("127.0.0.1", 0))
        return {"--web-port": str(web.getsockname()[1]), "--api-port": str(api.getsockname()[1])}


@pytest.fixture
def built(paths: Paths) -> None:
    """Share the checkout's web builds: making one takes a minute."""
    shared = Paths.find().state / "web"
    shared.mkdir(parents=True, exist_ok=True)
    (paths.state / "web").symlink_to(shared)


def flat(ports: dict[str, str]) -> list[str]:
    return [part for pair in ports.items() for part in pair]


def roles_held(pid: int) -> frozenset[str]:
    """The database addresses in a process's environment."""
    entries = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return frozenset(
        name for name in database.ADDRESSES if any(e.startswith(f"{name}=".encode()) for e in entries)
    )


def get(port: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def family(child: subprocess.Popen[str], state: Path) -> set[int]:
    """The launcher's processes, the server's backends included, without itself."""
    postmaster = next(state.glob("pg/*/postmaster.pid")).read_text().split()[0]
    return (undertaker.family(child.pid) | undertaker.family(int(postmaster))) - {child.pid}


def secrets_shown(paths: Paths, said: str) -> set[str]:
    """The names of those secrets that stand in the output or in a log."""
    pairs = (line.split("=", 1) for line in paths.secrets.read_text().splitlines() if "=" in line)
    secrets = dict(pairs)
    assert len(secrets) >= 7
    shown = said + "".join(log.read_text(errors="replace") for log in paths.logs.rglob("*.log"))
    return {name for name, value in secrets.items() if value in shown}


def test_help_names_every_verb(dott: Dott) -> None:
    said, _ = dott("--help").communicate(timeout=30)
    for verb in ("up", "dev", "test", "down", "doctor", "manage", "db"):
        assert re.search(rf"^\s+{verb}\s", said, re.MULTILINE), verb


def test_doctor_checks_and_mends(dott: Dott, paths: Paths) -> None:
    paths.secrets.write_text("DJANGO_SECRET_KEY=x\n")
    paths.secrets.chmod(0o644)

    child = dott("doctor")
    said, _ = child.communicate(timeout=60)

    assert child.returncode == 1
    assert f"Mend: chmod 600 {paths.secrets}" in said
    assert "1 to mend." in said


def test_doctor_names_a_missing_node(dott: Dott, tmp_path: Path) -> None:
    for name in ("python3", "env"):
        found = shutil.which(name)
        assert found is not None
        (tmp_path / name).symlink_to(found)

    said, _ = dott("doctor", PATH=str(tmp_path)).communicate(timeout=60)

    assert "Node is not installed." in said
    assert "Mend: install Node 20.9 or later" in said
    assert "not installed; ./dott test needs it: apt-get install chromium" in said
    assert "1 to mend." in said


def test_a_database_of_ones_own_needs_all_four_addresses(dott: Dott) -> None:
    child = dott("manage", "check", DATABASE_URL="postgresql:///x")
    said, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "DATABASE_URL is set, but not DATABASE_AUTH_URL, DATABASE_WORKER_URL" in said


def test_the_database_alone_runs_until_it_is_stopped(dott: Dott, state: Path) -> None:
    child = dott("db")
    wait_for_line(child, "Ctrl-C stops it")
    everyone = family(child, state)
    assert everyone

    child.send_signal(signal.SIGINT)
    child.communicate(timeout=30)

    assert child.returncode == 130
    assert not any(alive(pid) for pid in everyone)


def test_kill_9_of_the_launcher_takes_the_server_down_cleanly(dott: Dott, state: Path) -> None:
    child = dott("db")
    wait_for_line(child, "Ctrl-C stops it")
    everyone = family(child, state)

    child.kill()

    wait_for(lambda: not any(alive(pid) for pid in everyone))
    log = (state / "logs" / "postgres.log").read_text()
    assert "database system is shut down" in log
    again = dott("db")  # no stale lock
    wait_for_line(again, "Ctrl-C stops it")


def test_kill_9_of_the_server_is_reported_and_mended_by_the_next_start(dott: Dott, state: Path) -> None:
    child = dott("db")
    wait_for_line(child, "Ctrl-C stops it")
    postmaster = int(next(state.glob("pg/*/postmaster.pid")).read_text().split()[0])

    os.kill(postmaster, signal.SIGKILL)
    said, _ = child.communicate(timeout=30)

    assert child.returncode == 1
    assert "PostgreSQL ended" in said
    assert "Mend: run the command again" in said
    again = dott("db")
    wait_for_line(again, "Ctrl-C stops it")


def test_manage_gives_the_command_its_output_alone_and_its_exit_code(dott: Dott, state: Path) -> None:
    ok = subprocess.run(
        [str(ROOT / "dott"), "manage", "shell", "-v", "0", "-c", "print('only this')"],
        env=CLEAN | {"DOTT_STATE_DIR": str(state)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ok.stdout == "only this\n", ok.stderr
    assert ok.returncode == 0

    wrong = dott("manage", "no_such_command")
    said, _ = wrong.communicate(timeout=60)
    assert wrong.returncode == 1
    assert "no_such_command" in said
    assert not list(state.glob("pg/*/postmaster.pid"))


def test_secrets_are_private_and_never_shown(dott: Dott, paths: Paths) -> None:
    child = dott("db")
    said = wait_for_line(child, "Ctrl-C stops it")
    child.send_signal(signal.SIGTERM)
    said += child.communicate(timeout=30)[0]

    assert stat.S_IMODE(paths.secrets.stat().st_mode) == 0o600
    assert secrets_shown(paths, said) == set()


@pytest.mark.usefixtures("built")
def test_up_serves_pages_survives_kill_9_and_ends_with_down(
    dott: Dott, paths: Paths, ports: dict[str, str]
) -> None:
    child = dott("up", *flat(ports))
    said = wait_for_line(child, "Ctrl-C stops it")
    web, api = ports["--web-port"], ports["--api-port"]
    assert f"Open     http://localhost:{web}\n" in said
    assert re.search(r"Sign in  \S+@\S+   password: \S{20}\n", said)
    assert f"Mail     {paths.mail}" in said
    assert get(web, "/") < 400
    assert get(api, "/health/ready/") == 200

    second = dott("up")
    assert f"already running: http://localhost:{web}" in second.communicate(timeout=30)[0]
    assert second.returncode == 0

    everyone = family(child, paths.state)
    held = {roles_held(pid) for pid in everyone}
    assert held == {frozenset(), database.API_ROLES, database.WORKER_ROLES, database.REALTIME_ROLES}
    child.kill()
    child.wait()
    wait_for(lambda: not any(alive(pid) for pid in everyone))

    warm = dott("up", *flat(ports))
    again = wait_for_line(warm, "Ctrl-C stops it")
    # A warm start prepares nothing; `./dott bench start` measures how long it takes.
    assert re.findall(r"^… (.+)$", again, re.MULTILINE) == ["PostgreSQL", "Dott answers"]
    said += again
    everyone = family(warm, paths.state)
    assert dott("down").wait(60) == 0
    warm.communicate(timeout=30)
    assert not any(alive(pid) for pid in everyone)
    assert "not running" in dott("down").communicate(timeout=30)[0]

    # All secrets but the demo sign-in stay out of everything written.
    assert secrets_shown(paths, said) <= {"DOTT_DEMO_PASSWORD"}


@pytest.mark.usefixtures("built")
def test_a_taken_port_is_named_before_anything_starts(dott: Dott, state: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        child = dott("up", "--web-port", str(port))
        said, _ = child.communicate(timeout=30)

    assert child.returncode == 1
    assert f"The web port {port} is taken by another program." in said
    assert f"--web-port {port + 1}" in said
    assert not (state / "pg").exists()


def test_state_of_another_user_is_refused_with_a_way_out(
    paths: Paths, ordinary_user: pwd.struct_passwd, open_checkout: Path
) -> None:
    """Also as root's guest: nothing is opened or changed for the stranger."""
    if os.geteuid() != 0:  # no second account to come from: close the folder to ourselves
        paths.run.chmod(0)
        paths.secrets.with_name("env.lock").touch(mode=0)
    stranger = account.of_uid(ordinary_user.pw_uid)
    python = next(p for p in ("/usr/bin/python3", sys.executable) if usable(p, ordinary_user))
    for verb in ("db", "doctor"):
        done = subprocess.run(
            [python, "-B", str(open_checkout / "dott"), verb],
            env={"DOTT_STATE_DIR": str(paths.state), "PATH": os.environ["PATH"]},
            cwd="/",
            capture_output=True,
            text=True,
            **stranger.popen(),
        )
        assert done.returncode == 1
        assert "No permission: " in done.stdout + done.stderr
        assert "Mend: run ./dott as the user who owns" in done.stdout + done.stderr
    paths.run.chmod(0o700)  # or it could not be removed


def test_runserver_works_from_the_backend_folder_and_leaves_no_orphan(
    state: Path, ports: dict[str, str]
) -> None:
    """Django's reloader is a process and its child; the child must not stay behind."""
    port = ports["--api-port"]
    child = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"],
        cwd=ROOT / "backend" / "pyfactor",
        env=CLEAN | {"DOTT_STATE_DIR": str(state)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = wait_for_line(child, "Quit the server")
        assert "Demo sign-in: demo@" in said
        wait_for(lambda: is_taken(int(port)))
        assert get(port, "/health/ready/") == 200
        everyone = family(child, state)
    finally:
        child.kill()
        child.wait()

    wait_for(lambda: not any(alive(pid) for pid in everyone))
    assert not is_taken(int(port))
