"""API, worker and test run refuse to serve as a login that row security does not hold, as real processes."""

import socket
from collections.abc import Iterator

import pytest

from launcher.console import Console
from launcher.paths import Paths
from launcher.stack import Stack, opened
from launcher.supervisor import Service
from launcher.tests.conftest import wait_for

ORIGIN = "http://localhost:3000"
# One test that needs the database; its session audits as the serving roles before it runs.
ONE_TEST = "tests/wall/test_audit.py::test_owner_may_not_serve"


@pytest.fixture
def stack(paths: Paths) -> Iterator[Stack]:
    """A migrated cluster of its own."""
    with opened(paths, Console(quiet=True), durable=False) as stack:
        stack.start_database()
        stack.migrate()
        yield stack


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def refused(stack: Stack, **addresses: str) -> list[Service]:
    """Start API and worker, see both end by themselves with nothing served; returns them."""
    port, env = free_port(), stack.environment(origin=ORIGIN) | addresses
    services = [stack.start_api(port, env), stack.start_worker(env)]
    wait_for(lambda: all(one.child.poll() is not None for one in services), within_s=60)
    stack.supervisor.services.clear()
    assert all(one.child.returncode != 0 for one in services)
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) != 0
    return services


def run_one_test(stack: Stack) -> tuple[int, str]:
    """Exit code and output of a backend test run."""
    log = stack.paths.logs / "one-test.log"
    log.write_bytes(b"")
    argv = [str(stack.paths.python), "-m", "pytest", "-p", "no:cacheprovider", "-n0", ONE_TEST]
    env = stack.environment(origin=ORIGIN)
    code = stack.supervisor.run(argv, cwd=stack.paths.backend, log=log, env=env)
    return code, log.read_text()


def test_nothing_serves_as_a_login_that_row_security_does_not_hold(stack: Stack) -> None:
    assert stack.cluster is not None
    finding = "unprivileged_role: {0}: is superuser, may bypass row security"
    for right in ("SUPERUSER", "BYPASSRLS"):
        for role in ("dott_app", "dott_worker"):
            stack.cluster.psql("postgres", f"ALTER ROLE {role} {right}")
        for service, role in zip(refused(stack), ("dott_app", "dott_worker"), strict=True):
            said = service.log.read_text()
            assert f"Refusing to serve as {role}" in said, service.name
            assert finding.format(role) in said, service.name
        code, said = run_one_test(stack)
        assert code != 0
        assert "Refusing to serve as dott_app" in said
        assert finding.format("dott_app") in said
        assert "1 passed" not in said
        for role in ("dott_app", "dott_worker"):
            stack.cluster.psql("postgres", f"ALTER ROLE {role} NO{right}")

    owner = stack.environment(origin=ORIGIN)["DATABASE_MIGRATOR_URL"]
    for service in refused(stack, DATABASE_URL=owner, DATABASE_WORKER_URL=owner):
        said = service.log.read_text()
        assert "Refusing to serve as dott_owner" in said
        assert "no_ownership: crm_customer: is owned by a serving role" in said

    # It was the rights alone: the same test passes without them.
    code, said = run_one_test(stack)
    assert code == 0, said
