"""What browsers are told and what they must not be got to do, on every operation."""

import json
import os
from typing import Any

import pytest
from django.core import mail

from conftest import browser
from dott.platform.api import logs
from dott.platform.identity.tests.factors_support import code_now, enrol
from dott.platform.identity.tests.support import (
    NEW_PASSWORD,
    REQUEST_RESET,
    RESET,
    SESSION,
    follow_token,
    mailed_code,
    sign_in,
)
from tests.attacks import over_http
from tests.attacks.inventory import operations
from tests.attacks.replay import Replay, Victims
from tests.attacks.report import Report, describe

TARGETS = [operation for operation in operations() if operation.is_described]
ORIGINS = (
    "null",
    "https://evil.example",
    "http://localhost:3000.evil.example",
    "http://evil-localhost:3000",
    "http://LOCALHOST:3000",
    "http://localhost:3001",
)


@pytest.mark.asvs("3.4.2")
def test_no_other_origin_may_read_an_answer(api_as: Any, subject: Any, record_property: Any) -> None:
    report = Report("foreign origins → no CORS")
    for operation in (target for target in TARGETS if not target.is_unsafe):
        for origin in ORIGINS:
            url = over_http.url_of(operation, subject, "alice")
            response = over_http.send(api_as("alice"), operation, url, HTTP_ORIGIN=origin)
            allowed = [name for name in response.headers if name.lower().startswith("access-control-allow")]
            report.expect(not allowed, f"{operation} from {origin}: {allowed}")
    report.must_be_clean(record_property)


@pytest.mark.asvs("3.4.4", "3.4.5", "3.4.8", "4.1.1", "14.3.2")
def test_every_answer_has_its_headers(api_as: Any, api: Any, subject: Any, record_property: Any) -> None:
    report = Report("headers of every answer")
    for operation in TARGETS:
        for client in (api_as("alice"), api):
            response = over_http.send(client, operation, over_http.url_of(operation, subject, "alice"))
            headers = response.headers
            kind = headers.get("Content-Type", "")
            holds = headers.get("X-Content-Type-Options") == "nosniff"
            holds = holds and "Referrer-Policy" in headers and "Cross-Origin-Opener-Policy" in headers
            holds = holds and (response.status_code in {204, 304} or bool(kind))
            # JSON is UTF-8 by definition (RFC 8259); text has to say so.
            holds = holds and (not kind.startswith("text/") or "charset=utf-8" in kind.lower())
            if operation.path.startswith("/api/"):
                holds = holds and "no-store" in headers.get("Cache-Control", "")
            report.expect(holds, f"{operation}: {describe(response)} {dict(headers)}")
    report.must_be_clean(record_property)


@pytest.mark.asvs("3.3.2", "3.3.4", "3.3.5")
def test_every_cookie_says_where_it_goes(world: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    cookies = sign_in(browser(), "alice").cookies
    assert set(cookies) >= {"sid", "csrftoken"}
    for name, cookie in cookies.items():
        assert len(cookie.OutputString()) < 4096
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["secure"], name
    assert cookies["sid"]["httponly"]


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.asvs("3.5.3")
def test_reading_changes_nothing(
    api_as: Any, subject: Any, in_tenant: Any, log: Any, record_property: Any
) -> None:
    report = Report("reading changes nothing")
    reads = [target for target in TARGETS if not target.is_unsafe]
    # The first look at deals makes the usual pipeline.
    api_as("alice").get("/api/crm/pipelines/")
    urls = [(operation, over_http.url_of(operation, subject, "alice")) for operation in reads]
    state = Replay(report, Victims({}, frozenset(), {}), log, in_tenant)
    before = state.checksums()
    for operation, url in urls:
        over_http.content_of(over_http.send(api_as("alice"), operation, url))
        report.attempts += 1
    after = state.checksums()
    # An export leaves a record of itself, and nothing else.
    changed = sorted(table for table in before.keys() - {"crm_export"} if before[table] != after[table])
    report.expect(not changed, f"reading changed {changed}")
    report.must_be_clean(record_property)


@pytest.mark.asvs("16.2.1", "16.2.2", "16.2.4", "16.4.1")
def test_no_path_forges_a_line_of_the_log(api: Any, monkeypatch: Any) -> None:
    written: list[bytes] = []
    with monkeypatch.context() as patch:
        patch.setattr(logs.os, "write", lambda fd, data: written.append(data) or len(data))
        api.get("/api/nothing/%0A%7B%22event%22%3A%22sign_in%22%7D%0D%0A")
    (line,) = written
    assert line.count(b"\n") == 1
    entry = json.loads(line)
    assert entry["event"] == "request"
    assert entry["timestamp"].endswith("Z")
    assert {"request_id", "method", "path", "status", "tenant_id", "membership_id"} <= entry.keys()
    assert os.write is logs.os.write


@pytest.mark.asvs("16.3.2", "16.3.3")
def test_what_was_refused_is_in_the_log(api_as: Any, world: Any, log: Any) -> None:
    vera = api_as("vera")
    vera.post("/api/crm/tags/", {"name": "x"})
    assert "permission_denied" in log.taken()
    vera.credentials(HTTP_ORIGIN="https://evil.example")
    vera.post("/api/crm/tags/", {"name": "x"})
    assert "csrf_failed" in log.taken()
    vera.get("/api/crm/tags/")
    assert "refused" not in log.taken()


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.asvs("14.3.1")
def test_signing_out_clears_what_the_browser_holds(world: Any) -> None:
    client = browser()
    sign_in(client, "alice")
    assert client.delete(SESSION).headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get(SESSION).headers


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.asvs("6.4.3")
def test_a_new_password_does_not_go_round_the_second_factor(api_as: Any) -> None:
    secret, _ = enrol(api_as("alice"))
    client = browser()
    client.post(REQUEST_RESET, {"email": "alice@example.com"})
    follow_token(client)
    client.post(RESET, {"key": mailed_code(), "password": NEW_PASSWORD})
    again = browser()
    assert sign_in(again, "alice", NEW_PASSWORD).status_code == 401
    assert again.get(SESSION).status_code == 401
    assert code_now(secret)


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.asvs("6.6.2")
def test_a_code_is_worth_nothing_in_another_session(world: Any) -> None:
    hers, his = browser(), browser()
    for client, email in ((his, "bob@example.com"), (hers, "alice@example.com")):
        client.post(REQUEST_RESET, {"email": email})
        follow_token(client)
    # The newest mail is Alice's; the code is tried where Bob asked for his own.
    assert mail.outbox[-1].to == ["alice@example.com"]
    refused = his.post(RESET, {"key": mailed_code(), "password": NEW_PASSWORD})
    assert refused.status_code == 400
    assert sign_in(browser(), "bob").status_code == 200
    assert sign_in(browser(), "alice").status_code == 200


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.asvs("1.3.11")
def test_no_name_adds_a_header_to_a_mail(api_as: Any) -> None:
    alice = api_as("alice")
    for path, field in (("/api/tenants/current/", "name"), ("/api/auth/me/", "name")):
        alice.patch(path, {field: "x\r\nBcc: everybody@example.com"}, HTTP_IF_MATCH="*")
    alice.post("/api/tenants/current/invitations/", {"email": "new@example.com", "role": "viewer"})
    letter = mail.outbox[-1]
    assert letter.to == ["new@example.com"]
    message = letter.message()
    assert message["Bcc"] is None
    assert letter.recipients() == ["new@example.com"]
