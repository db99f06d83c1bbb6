"""Receivers that hang, drip, flood or lie (security.md F31). Each ends in time, and in a word."""

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.checks import run_checks

from dott.platform.egress import client, documents, resolving
from dott.platform.egress.tests.receiver import Receiver, status

# Far more than the deadline of these tests, far less than anybody waits for a test.
LONG_S = 20
Answering = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(client, "TOTAL_TIMEOUT_S", 3.0)
    with Receiver() as running:
        settings.EGRESS_EXCEPTIONS = frozenset({running.address})
        yield running


def post(url: str) -> client.Answer:
    return client.post(url, headers={"webhook-id": "msg_1"}, body=b"{}")


def test_what_is_sent_arrives_as_it_is(receiver: Receiver) -> None:
    receiver.answers = [status(200, Retry_After="7")]
    answer = post(receiver.url)
    assert (answer.status, answer.error, answer.head["retry-after"]) == (200, "", "7")
    (received,) = receiver.received
    assert (received.path, received.body) == ("/hook?of=dott", b"{}")
    assert received.headers["host"] == receiver.address
    assert received.headers["webhook-id"] == "msg_1"
    assert received.headers["accept-encoding"] == "identity"


@pytest.mark.asvs("13.2.4", "13.2.5")
@pytest.mark.parametrize(
    ("host", "is_listed"),
    [
        ("hooks.example.com", True),
        ("HOOKS.example.com.", True),
        ("a.b.example.org", True),
        ("example.com", False),
        ("x.hooks.example.com", False),
        ("example.org", False),
        ("evilexample.org", False),
        ("hooks.example.com.evil.example", False),
        ("93.184.215.14", False),
        ("[2606:2800:21f:cb07:6820:80da:af6b:8b2c]", False),
    ],
)
def test_where_the_operator_lists_hosts_no_other_is_called(
    settings: Any, monkeypatch: pytest.MonkeyPatch, host: str, is_listed: bool
) -> None:
    settings.EGRESS_HOSTS = frozenset({"hooks.example.com", ".example.org"})
    asked: list[str] = []

    def lookup(name: str, port: int) -> list[str]:
        asked.append(name)
        raise OSError

    monkeypatch.setattr(resolving, "lookup", lookup)
    answer = post(f"https://{host}/hook")
    assert answer.error == ("name_unknown" if is_listed else "host_refused")
    assert bool(asked) is is_listed


@pytest.mark.asvs("13.2.4", "13.2.5")
def test_a_document_comes_from_a_listed_host_only(settings: Any) -> None:
    settings.EGRESS_HOSTS = frozenset({"login.example.com"})
    with pytest.raises(documents.FetchFailed, match="host_refused"):
        documents.fetch("GET", "https://login.example.org/.well-known/openid-configuration", headers={})


def _hang(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.settimeout(LONG_S)
    handler.rfile.read(1)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    pause, ends = Event(), time.monotonic() + LONG_S
    while time.monotonic() < ends:
        try:
            handler.wfile.write(b"x")
        except OSError:
            return
        pause.wait(0.02)


def _continue_forever(handler: BaseHTTPRequestHandler) -> None:
    ends = time.monotonic() + LONG_S
    while time.monotonic() < ends:
        try:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        except OSError:
            return


def _flood(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(2**30))
    handler.end_headers()
    for _ in range(2**10):
        try:
            handler.wfile.write(b"x" * 2**20)
        except OSError:
            return


def _say(text: bytes) -> Answering:
    return lambda handler: handler.wfile.write(text) and None


@pytest.mark.parametrize(
    ("answering", "error"),
    [
        (_hang, "timeout"),
        (_drip, "timeout"),
        (_continue_forever, "answer_too_large"),
        (_flood, "answer_too_large"),
        (_say(b"SSH-2.0-OpenSSH_9.2\r\n"), "answer_malformed"),
        (_say(b""), "connection_failed"),
        (_say(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n"), "answer_malformed"),
        (_say(b"HTTP/1.1 999999 OK\r\n\r\n"), "answer_malformed"),
    ],
)
def test_bad_receivers(receiver: Receiver, answering: Answering, error: str) -> None:
    receiver.answers = [answering]
    begun = time.monotonic()
    answer = post(receiver.url)
    assert (answer.status, answer.error) == (None, error)
    assert time.monotonic() - begun < LONG_S / 2
    assert answer.duration_ms >= 0


def test_a_header_that_would_be_two_is_not_sent(receiver: Receiver) -> None:
    for value in ("a\r\nHost: evil.example", "a\nb", "a\0", "ä"):
        client.post(receiver.url, headers={"webhook-id": value}, body=b"{}")
    assert receiver.received == []


def test_nobody_listens(settings: Any) -> None:
    with Receiver() as gone:
        url, address = gone.url, gone.address
    settings.EGRESS_EXCEPTIONS = frozenset({address})
    assert post(url).error == "connection_failed"


def test_an_exception_is_an_address_and_not_a_name(receiver: Receiver, settings: Any) -> None:
    port = receiver.address.partition(":")[2]
    settings.EGRESS_EXCEPTIONS = frozenset({f"localhost:{port}"})
    assert post(f"http://localhost:{port}/").error == "address_refused"
    assert receiver.received == []


def test_deployment_check_refuses_exceptions(settings: Any) -> None:
    def found() -> list[str | None]:
        return [found.id for found in run_checks(tags=["security"], include_deployment_checks=True)]

    settings.EGRESS_EXCEPTIONS, settings.EGRESS_ALLOWS_HTTP = frozenset(), False
    assert not {"egress.E001", "egress.W001"} & set(found())
    settings.EGRESS_EXCEPTIONS, settings.EGRESS_ALLOWS_HTTP = frozenset({"127.0.0.1:1"}), True
    assert {"egress.E001", "egress.W001"} <= set(found())


# --- TLS -----------------------------------------------------------------------------------------------


def certificate_for(name: str, folder: Path) -> Path:
    """A self-signed certificate with its key, for one name."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secured(receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The receiver speaks TLS as hooks.test, and whoever made its certificate is trusted. The names that it
    was asked for."""
    path, asked = certificate_for("hooks.test", tmp_path), list[str]()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    context.sni_callback = lambda _, name, __: asked.append(name)
    receiver._server.socket = context.wrap_socket(receiver._server.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(client, "tls_context", lambda: trusting)
    # Everything on this machine is public here, and every name leads to it.
    monkeypatch.setattr(resolving, "is_public", lambda address: True)
    monkeypatch.setattr(resolving, "lookup", lambda host, port: ["127.0.0.1"])
    settings.EGRESS_PORTS = frozenset({int(receiver.address.partition(":")[2])})
    return asked


def test_the_certificate_must_be_for_the_name(receiver: Receiver, secured: list[str]) -> None:
    port = receiver.address.partition(":")[2]
    assert post(f"https://hooks.test:{port}/in").status == 204
    assert receiver.received[0].headers["host"] == f"hooks.test:{port}"
    assert post(f"https://other.test:{port}/in").error == "tls_failed"
    assert post(f"https://127.0.0.1:{port}/in").error == "tls_failed"
    assert len(receiver.received) == 1
    assert secured[:2] == ["hooks.test", "other.test"]


def test_a_certificate_that_nobody_known_has_signed(
    receiver: Receiver, secured: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "tls_context", ssl.create_default_context)
    assert post(f"https://hooks.test:{receiver.address.partition(':')[2]}/").error == "tls_failed"
    assert receiver.received == []
