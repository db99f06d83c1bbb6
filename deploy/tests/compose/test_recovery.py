"""What fails comes back by itself, and says meanwhile that it is away."""

import base64
import os
import re
import subprocess

import pytest

from door import status_of
from person import Person
from stack import Stack


@pytest.mark.parametrize("service", ["web", "api", "realtime", "worker", "db", "proxy", "backup"])
def test_a_killed_container_comes_back(stack: Stack, anna: Person, service: str) -> None:
    killed = stack.kill(service)

    def is_back() -> bool:
        state = stack.inspect(service)["State"]
        return state["Pid"] not in {0, killed} and state["Health"]["Status"] == "healthy"

    seconds = stack.until(is_back)
    stack.until(lambda: stack.health("ready") == 200)
    assert anna.call("GET", "/api/crm/customers/").status == 200
    assert stack.door.fetch("/sign-in").status == 200
    print(f"{service} healthy again after {seconds:.1f} s")


def test_a_database_that_stops_is_said_and_forgiven(stack: Stack, anna: Person) -> None:
    stack.compose("stop", "db")
    try:
        assert stack.health("live") == 200
        assert stack.health("ready") == 503
        answer = anna.call("GET", "/api/crm/customers/")
        assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")
    finally:
        stack.compose("start", "db")
    stack.until(lambda: stack.health("ready") == 200)
    assert anna.call("GET", "/api/crm/customers/").status == 200
    assert stack.inspect("api")["RestartCount"] <= 1  # by the kill above: not by the database


def test_a_second_api_takes_its_share(stack: Stack) -> None:
    """Docker's DNS names both, and the proxy goes to either."""

    def served(container: str) -> int:
        done = subprocess.run(["docker", "logs", container], env=stack.env, capture_output=True, text=True)
        return len(re.findall(r'"path": ?"/api/auth/csrf/"', done.stdout + done.stderr))

    stack.compose(
        "up", "-d", "--wait", "--pull", "never", "--no-build", "--no-recreate", "--scale", "api=2", "api"
    )
    try:
        both = stack.containers("api")
        assert len(both) == 2
        before = {container: served(container) for container in both}
        stack.until(lambda: stack.door.fetch("/api/auth/csrf/").status == 200)
        for _ in range(40):
            assert stack.door.fetch("/api/auth/csrf/").status == 200
        share = {container: served(container) - before[container] for container in both}
        assert min(share.values()) >= 5, share
    finally:
        stack.compose(
            "up", "-d", "--wait", "--pull", "never", "--no-build", "--scale", "api=1", "--no-recreate", "api"
        )
    # The one that left is not asked again.
    assert [stack.door.fetch("/api/auth/csrf/").status for _ in range(20)] == [200] * 20


def test_a_forged_address_does_not_count(stack: Stack, anna: Person) -> None:
    person = Person(stack)
    person.email, person.password = anna.email, anna.password
    token = person.call("GET", "/api/auth/csrf/").json["csrf_token"]
    body = b'{"email": "%s", "password": "%s"}' % (anna.email.encode(), anna.password.encode())
    headers = {"Cookie": person.cookie, "Origin": stack.door.origin, "Content-Type": "application/json"}
    headers |= {"X-CSRFToken": token, "X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"}

    answer = stack.door.fetch("/api/auth/browser/v1/auth/login", method="POST", headers=headers, body=body)

    assert answer.status == 200, answer.body
    addresses = stack.psql("SELECT DISTINCT ip FROM identity_session ORDER BY 1")
    assert addresses
    assert "203.0.113" not in addresses


@pytest.mark.parametrize(("size", "status"), [(40_000, 431), (100, 307)])
def test_long_headers_are_refused(stack: Stack, size: int, status: int) -> None:
    with stack.door.raw() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * size + b"\r\n\r\n")
        assert status_of(connection.recv(4096)) == status


def test_a_long_body_is_refused(stack: Stack, anna: Person) -> None:
    answer = anna.call("POST", "/api/crm/customers/", {"notes": "a" * (3 * 1024 * 1024)})

    assert (answer.status, answer.json["code"]) == (413, "too_large")


# ASVS 4.4.1
@pytest.mark.parametrize(("is_own_page", "status"), [(True, 101), (False, 403)])
def test_a_websocket_passes_from_our_own_page(
    stack: Stack, anna: Person, *, is_own_page: bool, status: int
) -> None:
    origin = stack.door.origin if is_own_page else "https://evil.example"
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /ws/ HTTP/1.1",
        f"Host: localhost:{stack.door.https_port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Origin: {origin}",
        f"Cookie: {anna.cookie}",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
    ]
    with stack.door.raw() as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert status_of(connection.recv(4096)) == status
