"""The Caddyfile: who gets what, what is told of the client, and where the limits are."""

import base64
import json
import os
import re
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from door import PATIENCE_S, status_of
from proxy import CADDYFILE, Running, caddy, handled, running


def test_the_file_is_written_as_caddy_writes_it() -> None:
    done = subprocess.run([caddy(), "fmt", "--diff", str(CADDYFILE)], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


# Who gets what ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/crm/customers/", "api"),
        ("/api/auth/session/", "api"),
        ("/health/live/", "api"),
        ("/ws/", "realtime"),
        ("/", "web"),
        ("/apiary", "web"),
        ("/healthz", "web"),
        ("/_next/static/chunk.js", "web"),
    ],
)
def test_each_path_goes_to_its_half(proxy: Running, path: str, name: str) -> None:
    assert proxy.door.fetch(path).json["name"] == name


# ASVS 13.4.5
@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/", "/api/schema/", "/api/static/api/swagger.js"])
def test_the_description_of_the_api_is_for_operators(proxy: Running, path: str) -> None:
    """ASVS 13.4.5: not on the public address, but on the operator's."""
    outside = proxy.door.fetch(path)
    with urllib.request.urlopen(
        f"http://127.0.0.1:{proxy.operator_port}{path}", timeout=PATIENCE_S
    ) as inside:
        shown = json.load(inside)

    assert (outside.status, outside.json["code"]) == (404, "not_found")
    assert shown["name"] == "api"


# ASVS 13.4.5
def test_the_operators_port_has_nothing_else(proxy: Running) -> None:
    for path in ("/", "/api/crm/customers/", "/api/auth/session/"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{proxy.operator_port}{path}", timeout=PATIENCE_S)


@pytest.mark.parametrize("method", ["TRACE", "TRACK"])
def test_a_request_is_never_read_back(proxy: Running, method: str) -> None:
    """ASVS 13.4.4."""
    assert proxy.door.fetch("/", method=method).status == 405


# ASVS 3.5.4
def test_nothing_but_dott_is_behind_this_name() -> None:
    """ASVS 3.5.4: another application beside it would share its origin, and so its cookies and pages."""
    text = CADDYFILE.read_text(encoding="utf-8")
    proxied = text.count("reverse_proxy {")

    assert set(re.findall(r"dynamic a \{\$DOTT_(\w+)_NAME:", text)) == {"API", "WEB", "REALTIME"}
    assert len(re.findall(r"dynamic a ", text)) == proxied
    assert not re.search(r"^\s*(?:file_server|root|php_fastcgi|reverse_proxy +[^{\s])", text, re.MULTILINE)
    # The public name, its redirect, and the operators' port.
    assert len(re.findall(r"^https?://\S* \{$", text, re.MULTILINE)) == 3


# In the clear -----------------------------------------------------------------------------------------


# ASVS 4.1.2, 12.2.1
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/api", "/api/crm/customers/?search=x", "/ws/", "/health/ready/"])
def test_the_api_is_refused_in_the_clear(proxy: Running, method: str, path: str) -> None:
    """ASVS 4.1.2: a redirect would have a client say it in the clear again, each time."""
    before = len(proxy.api.seen)

    answer = proxy.door.fetch(path, method=method, secure=False)

    assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json["code"] == "https_required"
    assert "location" not in answer.headers
    assert len(proxy.api.seen) == before


def test_a_page_leads_to_https_at_the_configured_name(proxy: Running) -> None:
    answer = proxy.door.fetch("/sign-in?next=%2Fx", secure=False, headers={"Host": "evil.example"})

    assert answer.status == 308
    assert answer.headers["location"] == f"{proxy.door.origin}/sign-in?next=%2Fx"
    assert "strict-transport-security" not in answer.headers


def test_another_host_name_gets_no_certificate(proxy: Running) -> None:
    plain = socket.create_connection(("127.0.0.1", proxy.door.https_port), timeout=PATIENCE_S)
    with pytest.raises(ssl.SSLError), plain:
        proxy.door.context().wrap_socket(plain, server_hostname="evil.example")


# TLS and headers --------------------------------------------------------------------------------------


# ASVS 12.1.1
def test_tls_is_at_least_1_2(proxy: Running) -> None:
    """ASVS 12.1.1. By openssl, at its lowest security level: Python's would refuse before the server does."""

    def handshake(version: str) -> bool:
        argv = ["openssl", "s_client", "-connect", f"localhost:{proxy.door.https_port}", version]
        argv += [
            "-servername",
            "localhost",
            "-cipher",
            "ALL:@SECLEVEL=0",
            "-CAfile",
            str(proxy.door.authority),
        ]
        done = subprocess.run(
            [*argv, "-verify_return_error"], input=b"", capture_output=True, timeout=PATIENCE_S
        )
        return done.returncode == 0

    assert handshake("-tls1_2")
    assert not handshake("-tls1_1")
    assert not handshake("-tls1")
    with proxy.door.raw() as connection:
        assert connection.version() == "TLSv1.3"


RECOMMENDED = re.compile(r"ECDHE-(?:ECDSA|RSA)-(?:AES(?:128|256)-GCM-SHA(?:256|384)|CHACHA20-POLY1305)")


# ASVS 12.1.2
def test_only_ciphers_with_forward_secrecy_and_authentication_are_spoken(proxy: Running) -> None:
    """ASVS 12.1.2. Every cipher of TLS 1.2 that openssl knows is offered alone."""
    argv = ["openssl", "ciphers", "-s", "-tls1_2", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]
    listed = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip().split(":")
    offered = [name for name in listed if not name.startswith("TLS_")]

    def is_spoken(cipher: str) -> bool:
        done = subprocess.run(
            [
                *["openssl", "s_client", "-connect", f"localhost:{proxy.door.https_port}", "-tls1_2"],
                *["-servername", "localhost", "-cipher", f"{cipher}:@SECLEVEL=0"],
            ],
            input=b"",
            capture_output=True,
            timeout=PATIENCE_S,
        )
        return done.returncode == 0

    spoken = {cipher for cipher in offered if is_spoken(cipher)}
    assert len(offered) > 50
    assert spoken
    assert not [cipher for cipher in spoken if not RECOMMENDED.fullmatch(cipher)]


# ASVS 3.4.1, 3.4.4, 3.4.5, 3.4.6, 3.4.8, 3.5.8
@pytest.mark.parametrize("path", ["/", "/api/crm/customers/", "/api/docs/"])
def test_every_answer_carries_the_headers_of_the_house(proxy: Running, path: str) -> None:
    headers = proxy.door.fetch(path).headers

    # The stand-in sends an HSTS header of its own: there must not be two.
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


# ASVS 13.4.6
@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("path", ["/", "/api/", "/api/docs/"])
def test_nobody_says_what_runs_here(proxy: Running, path: str, *, secure: bool) -> None:
    """ASVS 13.4.6."""
    headers = proxy.door.fetch(path, secure=secure).headers

    assert not {"server", "via", "x-powered-by"} & set(headers)


FORGED = {
    "X-Forwarded-For": "203.0.113.7, 10.0.0.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=203.0.113.7",
    "X-Real-IP": "203.0.113.7",
    "True-Client-IP": "203.0.113.7",
    "X-Forwarded-Port": "80",
    "X-Original-URL": "/admin",
    "X-Rewrite-URL": "/admin",
    "X-Middleware-Subrequest": "src/proxy:src/proxy:src/proxy",
    "X-Invoke-Path": "/admin",
}


# ASVS 4.1.3
@pytest.mark.parametrize("path", ["/", "/api/crm/customers/", "/ws/"])
def test_what_a_client_says_of_itself_is_overwritten(proxy: Running, path: str) -> None:
    """ASVS 4.1.3: sessions and limits go by the address of the socket."""
    told = proxy.door.fetch(path, headers=FORGED).json["headers"]

    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert told["x-forwarded-host"] == f"localhost:{proxy.door.https_port}"
    kept = {name.lower() for name in FORGED} & set(told)
    assert kept == {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    assert "203.0.113.7" not in json.dumps(told)


def test_what_a_client_asked_for_is_kept(proxy: Running) -> None:
    headers = {"Cookie": "sid=abc", "Origin": "https://evil.example", "X-CSRFToken": "t", "If-Match": '"3"'}

    told = proxy.door.fetch("/api/x/", method="PATCH", headers=headers, body=b"{}").json

    assert {name: told["headers"][name.lower()] for name in headers} == headers
    assert told["method"] == "PATCH"


# WebSocket, failure, log --------------------------------------------------------------------------------


def test_a_websocket_passes(proxy: Running) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    with proxy.door.raw() as connection:
        connection.sendall(
            f"GET /ws/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Origin: {proxy.door.origin}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        assert status_of(connection.recv(4096)) == 101
        # Longer than the proxy lets an ordinary exchange be silent.
        connection.sendall(b"hello")
        echoed = b""
        while len(echoed) < 5 and (more := connection.recv(1024)):
            echoed += more
        assert echoed == b"hello"
        time.sleep(11)
        connection.sendall(b"again")
        assert connection.recv(1024) == b"again"


@pytest.mark.parametrize("path", ["/", "/api/crm/customers/"])
def test_a_half_that_is_away_is_said_properly(tmp_path: Path, path: str) -> None:
    with running(tmp_path, away=True) as started:
        answer = started.door.fetch(path)

    assert answer.status == (503 if path.startswith("/api") else 502)
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert not {"server", "via"} & set(answer.headers)
    if path.startswith("/api"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["code"] == "overloaded"
    else:
        assert b"Dott cannot answer just now" in answer.body


def test_the_log_names_the_client_and_keeps_its_secrets(proxy: Running) -> None:
    proxy.door.fetch(
        "/api/crm/customers/?search=canary-search",
        headers={
            "Cookie": "sid=canary-cookie",
            "X-Forwarded-For": "203.0.113.99",
            "X-CSRFToken": "canary-token",
        },
    )
    time.sleep(0.3)

    text = proxy.log.read_text()
    line = handled(proxy)[-1]
    assert line["request"]["uri"] == "/api/crm/customers/"
    assert line["request"]["remote_ip"] == "127.0.0.1"
    assert "canary" not in text
    assert "203.0.113" not in text
