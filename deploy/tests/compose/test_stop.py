"""What is told to stop finishes its work and leaves; what is started again serves soon."""

import subprocess
import threading
import time
from datetime import datetime

import pytest

from busy import within
from person import Person
from stack import OURS, Stack

# Docker and Render wait 30 s before they kill.
LEAVES_WITHIN_S = 25
HEALTHY_WITHIN_S = 5


def instant(text: str) -> datetime:
    """A time as Docker writes it, with nine digits after the point or none."""
    whole, _, rest = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{(rest + '000000')[:6]}+00:00")


@pytest.mark.parametrize("service", OURS)
def test_a_container_leaves_when_asked_and_is_back_soon(stack: Stack, service: str) -> None:
    container = stack.containers(service)[0]
    started = time.monotonic()
    stack.docker("stop", container)
    left = time.monotonic() - started
    code = stack.inspect(service)["State"]["ExitCode"]
    stack.docker("start", container)
    stack.until(lambda: stack.inspect(service)["State"]["Health"]["Status"] == "healthy")
    state = stack.inspect(service)["State"]
    since = instant(state["StartedAt"])
    checks = [check for check in state["Health"]["Log"] if instant(check["Start"]) > since]
    first = next(instant(check["End"]) for check in checks if check["ExitCode"] == 0)
    healthy = (first - since).total_seconds()
    print(f"{service} stopped after {left:.1f} s with {code}, healthy {healthy:.1f} s after its start")

    assert left < LEAVES_WITHIN_S
    assert code in {0, 143}  # 143: ended by the signal itself
    assert healthy < within(HEALTHY_WITHIN_S)


def test_a_request_under_way_is_answered(stack: Stack, anna: Person) -> None:
    """It waits for a lock when the API is told to stop, and is answered all the same."""
    stack.until(lambda: stack.health("ready") == 200)
    assert anna.call("GET", "/api/crm/customers/").status == 200
    held = "BEGIN; LOCK TABLE crm_customer; SELECT pg_sleep(1.8); COMMIT"
    argv = ["docker", "exec", stack.containers("db")[0], "psql", "-U", "postgres", "-d", "dott", "-qc", held]
    lock = subprocess.Popen(argv, env=stack.env, stdout=subprocess.DEVNULL)
    stack.until(
        lambda: stack.psql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1.8)%'") != "1"
    )
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(anna.call("GET", "/api/crm/customers/").status))
    asking.start()
    time.sleep(0.4)
    assert answers == []
    try:
        stack.docker("stop", stack.containers("api")[0])
        asking.join(30)
        lock.wait(30)
    finally:
        stack.docker("start", stack.containers("api")[0])
    stack.until(lambda: stack.health("ready") == 200)

    assert answers == [200]
