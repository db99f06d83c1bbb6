"""Nobody makes Dott call what is not public (ASVS 1.3.6, 15.3.2): 0 connections."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dott.platform.egress import client, resolving
from dott.platform.egress.tests.receiver import Receiver, status
from dott.platform.jobs.testing import run_queued
from dott.platform.webhooks.models import Delivery
from dott.platform.webhooks.tests.factories import DeliveryFactory, EndpointFactory, EndpointSecretFactory
from tests.attacks import ssrf
from tests.attacks.report import Report
from tests.attacks.ssrf import Canary, Rebinding

BACKEND = Path(__file__).parents[2]
Post = Callable[[str], client.Answer]


@pytest.fixture
def canary(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    """The one thing that stands between an attacker and it is the guard: its port is allowed."""
    system = resolving.lookup

    def lookup(host: str, port: int) -> list[str]:
        return ssrf.INSIDE[host] if host in ssrf.INSIDE else system(host, port)

    with Canary() as listening:
        settings.EGRESS_PORTS = frozenset({443, listening.port})
        monkeypatch.setattr(resolving, "lookup", lookup)
        monkeypatch.setattr(client, "CONNECT_TIMEOUT_S", 0.5)
        yield listening


def post(url: str) -> client.Answer:
    return client.post(url, headers={}, body=b"{}")


def attack(name: str, urls: list[str], canary: Canary, send: Post = post) -> Report:
    report = Report(name)
    for url in urls:
        before = len(canary.connections)
        answer = send(url)
        came = len(canary.connections) - before
        report.expect(came == 0 and answer.status is None, f"{url!r}: {came} connections, {answer}")
        report.expect(
            answer.error not in {"connection_failed", "tls_failed", "timeout", ""}, f"{url!r} was tried"
        )
    return report


def urls_of(canary: Canary) -> list[str]:
    spelled = [url.format(port=canary.port) for url in ssrf.SPELLINGS]
    return [*spelled, *ssrf.urls_of_names(canary.port)]


@pytest.mark.asvs("1.3.6")
def test_addresses_that_are_not_public(canary: Canary, record_property: Any) -> None:
    attack("SSRF: spellings and names that lead inside", urls_of(canary), canary).must_be_clean(
        record_property
    )
    assert canary.connections == []


def test_ports_of_other_programs(canary: Canary, record_property: Any) -> None:
    urls = [f"https://hooks.example:{port}/" for port in ssrf.PORTS]
    urls += [f"https://127.0.0.1:{port}/" for port in ssrf.PORTS]
    attack("SSRF: ports of other programs", urls, canary).must_be_clean(record_property)


def test_the_same_with_unencrypted_calls_allowed(canary: Canary, settings: Any, record_property: Any) -> None:
    settings.EGRESS_ALLOWS_HTTP = True
    urls = [url.replace("https:", "http:") for url in urls_of(canary)]
    attack("SSRF: the same over http", urls, canary).must_be_clean(record_property)


def test_a_name_server_that_changes_its_mind(
    canary: Canary, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    """The address that was judged is the one that is called, and the name is asked for once."""
    report = Report("SSRF: DNS rebinding")
    called: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> Any:
        called.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(client.socket, "create_connection", connect)
    for public in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"):
        for inside in ("127.0.0.1", "::1", "169.254.169.254", "10.0.0.1"):
            server = Rebinding([public], [inside])
            monkeypatch.setattr(resolving, "lookup", server)
            called.clear()
            post(f"https://rebinding.test:{canary.port}/")
            report.expect(called == [public], f"{called} was called instead of {public}")
            report.expect(server.asked == 1, f"the name was asked for {server.asked} times")
            post(f"https://rebinding.test:{canary.port}/")
            report.expect(called == [public], f"the next attempt called {called}")
    report.must_be_clean(record_property)


@pytest.mark.asvs("15.3.2")
def test_redirects(canary: Canary, settings: Any, record_property: Any) -> None:
    report = Report("SSRF: redirects inside")
    with Receiver() as public:
        settings.EGRESS_EXCEPTIONS = frozenset({public.address})
        for code in (300, 301, 302, 303, 307, 308):
            for url in (
                f"http://127.0.0.1:{canary.port}/",
                f"//127.0.0.1:{canary.port}/",
                "file:///etc/passwd",
            ):
                public.answers = [status(code, Location=url)]
                answer = post(public.url)
                report.expect(answer.status == code and not canary.connections, f"{code} to {url}: {answer}")
    report.must_be_clean(record_property)


def test_a_proxy_of_the_environment(
    canary: Canary, settings: Any, monkeypatch: Any, record_property: Any
) -> None:
    report = Report("SSRF: proxies of the environment")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    with Receiver() as public:
        settings.EGRESS_EXCEPTIONS = frozenset({public.address})
        report.expect(post(public.url).status == 204, "a proxy was asked")
    report.expect(not canary.connections, "the proxy was called")
    report.must_be_clean(record_property)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_webhooks(canary: Canary, api_as: Any, in_tenant: Any, record_property: Any) -> None:
    """Through the front door, and with addresses that lie in the table already, whoever put them there."""
    report = Report("SSRF: webhooks, set up and delivered")
    alice, urls = api_as("alice"), urls_of(canary)
    for url in urls:
        response = alice.post("/api/webhooks/endpoints/", {"url": url, "events": ["*"]})
        known = response.status_code == 201 or response.json()["errors"][0]["pointer"] == "/url"
        report.expect(response.status_code < 500 and known, f"{url!r}: {response.content!r}")
        if response.status_code == 201:
            path = f"/api/webhooks/endpoints/{response.json()['id']}/"
            assert alice.delete(path, HTTP_IF_MATCH='"1"').status_code == 204
    with in_tenant("alice"):
        for url in urls:
            endpoint = EndpointFactory.create(url=url)
            EndpointSecretFactory.create(endpoint=endpoint)
            DeliveryFactory.create(endpoint=endpoint)
        from dott.platform.webhooks.wake import wake_endpoints

        wake_endpoints(Delivery.objects.values_list("endpoint_id", flat=True))
    run_queued()
    with in_tenant("alice"):
        outcomes = list(Delivery.objects.values_list("endpoint__url", "tries", "last_status", "last_error"))
    assert len(outcomes) == len(urls)
    for url, tries, answered, error in outcomes:
        report.expect(tries > 0 and answered is None and error != "", f"{url!r}: {tries} {answered} {error}")
    report.expect(not canary.connections, f"{len(canary.connections)} connections")
    report.must_be_clean(record_property)


# --- Each shown to fail against a planted hole ---------------------------------------------------------


def test_the_hole_of_a_guard_that_judges_nothing(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "is_public", lambda address: True)
    report = attack(
        "planted", [*ssrf.urls_of_names(canary.port), f"https://127.0.0.1:{canary.port}/"], canary
    )
    assert canary.connections
    assert any("loopback.test" in finding for finding in report.findings)
    assert any("127.0.0.1:" in finding for finding in report.findings)


def test_the_hole_of_a_guard_that_trusts_python(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's idea of a global address lets pass what security.md M12 measured."""
    monkeypatch.setattr(resolving, "is_public", lambda address: address.is_global)
    found = "\n".join(attack("planted", ssrf.urls_of_names(canary.port), canary).findings)
    for name in ("nat64.test", "six-to-four.test", "multicast.test"):
        assert name in found


def test_the_hole_of_a_name_that_is_asked_for_twice(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a client that judges one answer and leaves the call to a library, which asks again."""
    server = Rebinding(["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr(resolving, "lookup", server)
    system = client.socket.create_connection

    def ask_again(address: tuple[str, int], timeout: float) -> Any:
        return system((server("rebinding.test", address[1])[0], address[1]), timeout=timeout)

    monkeypatch.setattr(client.socket, "create_connection", ask_again)
    # The last lock: whom the connection has reached is compared with whom it was meant for.
    assert post(f"https://rebinding.test:{canary.port}/").error == "connection_failed"
    assert canary.connections == ["127.0.0.1"]


@pytest.mark.parametrize(
    "line",
    [
        "import http.client",
        "import requests",
        "import httpx",
        "import urllib3",
        "import aiohttp",
        "from urllib.request import urlopen",
        "import socket",
        "import ssl",
        "import ftplib",
        "from asyncio import open_connection",
    ],
)
def test_lint_refuses_every_other_way_out(line: str) -> None:
    def codes(file: str) -> str:
        command = [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--output-format",
            "concise",
            "--stdin-filename",
            file,
            "-",
        ]
        return subprocess.run(
            command, input=line, capture_output=True, text=True, cwd=BACKEND, check=False
        ).stdout

    assert "TID251" in codes("dott/modules/crm/actions/call.py")
    assert "TID251" not in codes("dott/platform/egress/client.py")
