"""No child outlives the launcher, however the launcher ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher.errors import LauncherError
from launcher.supervisor import Stopped, Supervisor, wait_until
from launcher.tests.conftest import CLEAN, ROOT, alive, wait_for

# A launcher with one service; the service has a child that ignores SIGTERM and one that
# left for a session of its own. It writes all process ids to the file it is given.
PROGRAM = f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from launcher.supervisor import Supervisor, Stopped
service = '''
import os, subprocess, sys, time
sleeper = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(120)"
stubborn = subprocess.Popen([sys.executable, "-c", sleeper])
strayed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"], start_new_session=True)
partial = sys.argv[1] + ".new"
open(partial, "w").write(f"{{os.getpid()}} {{stubborn.pid}} {{strayed.pid}}")
time.sleep(0.5)
os.rename(partial, sys.argv[1])
time.sleep(120)
'''
pids = Path(sys.argv[1])
try:
    with Supervisor() as supervisor:
        supervisor.start("service", [sys.executable, "-c", service, str(pids)],
                         cwd=Path("/"), log=pids.with_suffix(".log"), env={{}})
        time.sleep(120)
except Stopped:
    sys.exit(7)
"""


@pytest.fixture
def launcher(tmp_path: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    pids = tmp_path / "pids"
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, str(pids)], start_new_session=True)
    wait_for(pids.exists)
    return child, [int(pid) for pid in pids.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_every_process_of_the_service(
    launcher: tuple[subprocess.Popen[bytes], list[int]], number: signal.Signals
) -> None:
    child, (service, stubborn, strayed) = launcher
    child.send_signal(number)

    assert child.wait(30) == 7
    assert not alive(service)
    assert not alive(stubborn)
    wait_for(lambda: not alive(strayed))


def test_kill_9_of_the_launcher_leaves_no_orphan(
    launcher: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    child, pids = launcher
    child.kill()
    child.wait()

    wait_for(lambda: not any(alive(pid) for pid in pids))


def test_a_service_that_ends_is_reported_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Supervisor() as supervisor:
        argv = [sys.executable, "-c", "print('out of cheese'); raise SystemExit(3)"]
        supervisor.start("API", argv, cwd=tmp_path, log=log, env=CLEAN)
        with pytest.raises(LauncherError, match=r"(?s)API ended with 3\..*out of cheese"):
            wait_until(lambda: False, supervisor, what="API", within_s=20)


def test_a_restarted_service_is_a_new_process(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        argv = [sys.executable, "-c", "import time; time.sleep(60)"]
        service = supervisor.start("worker", argv, cwd=tmp_path, log=tmp_path / "log", env=CLEAN)
        first = service.child.pid

        supervisor.restart(service)

        assert not alive(first)
        assert alive(service.child.pid)


def test_a_step_is_ended_by_the_signal_and_does_not_count_as_failed(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Stopped), Supervisor() as supervisor:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        supervisor.check(
            [sys.executable, "-c", "import time; time.sleep(60)"], cwd=tmp_path, log=tmp_path / "log"
        )
    assert time.monotonic() - started < 10


def test_a_service_that_the_others_do_without_is_started_again(tmp_path: Path) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(120)"]
    with Supervisor() as supervisor:
        needed, spare = (
            supervisor.start(name, sleeper, cwd=Path("/"), log=tmp_path / name, env={})
            for name in ("needed", "spare")
        )
        spare.is_revived = True
        spare.started -= 10
        first = spare.child.pid
        os.kill(first, signal.SIGKILL)
        spare.child.wait(10)

        assert supervisor.ended() is None
        assert spare.child.pid != first
        assert alive(spare.child.pid)

        # Once a second at most: what cannot start must not keep a processor busy.
        second = spare.child.pid
        os.kill(second, signal.SIGKILL)
        spare.child.wait(10)
        assert supervisor.ended() is None
        assert spare.child.pid == second

        needed.child.kill()
        needed.child.wait(10)
        assert supervisor.ended() is needed
