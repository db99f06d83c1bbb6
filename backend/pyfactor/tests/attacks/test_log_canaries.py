"""Twenty kinds of secrets sent everywhere: no line of the log holds one of them."""

from typing import Any
from urllib.parse import urlencode

import pytest
import structlog

from conftest import browser
from tests.attacks import described, over_http
from tests.attacks.conftest import Log
from tests.attacks.inventory import operations
from tests.attacks.report import Report
from tests.keys import made_key, program

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

TARGETS = [operation for operation in operations() if operation.is_described]
# Whatever a client may hold, by the place where it is sent.
SECRET = "s3cr3t-canary"
NAMES = (
    "password",
    "current_password",
    "new_password",
    "token",
    "key",
    "code",
    "secret",
    "api_key",
    "credential",
    "recovery_code",
    "email",
    "phone",
    "name",
    "notes",
)
HEADERS = {
    "HTTP_AUTHORIZATION": f"Bearer dott_key_{SECRET}",
    "HTTP_IDEMPOTENCY_KEY": f"{SECRET}-idempotency",
    "HTTP_REFERER": f"http://localhost:3000/?token={SECRET}",
    "HTTP_USER_AGENT": f"{SECRET}-agent",
    "HTTP_X_FORWARDED_FOR": f"{SECRET}.example",
    "HTTP_COOKIE": f"sid={SECRET}-cookie",
}


def everywhere(report: Report, log: Log, world: Any, subject: Any) -> None:
    """Every operation with secrets in its body, its query and its headers, as somebody and as nobody."""
    real = (world["alice"].token, made_key(world["alice"]).key)
    clients = {"alice": browser(real[0]), "nobody": browser(), "program": program(real[1])}
    # Found first, and what may end her session tried last.
    urls = [(operation, over_http.url_of(operation, subject, "alice")) for operation in TARGETS]
    for operation, url in sorted(urls, key=lambda pair: "/auth/" in pair[1] or "/tenants/" in pair[1]):
        body = described.example_body(operation) | {name: f"{SECRET}-{name}" for name in NAMES}
        query = urlencode({name: f"{SECRET}-{name}" for name in ("q", "token", "email")})
        for name, client in clients.items():
            over_http.send(client, operation, url, body)
            over_http.send(client, operation, f"{url}?{query}")
            judge(report, log, f"{name} {operation}", real)
        over_http.send(browser(), operation, url, {}, **HEADERS)
        judge(report, log, f"headers of {operation}", real)


def judge(report: Report, log: Log, what: str, real: tuple[str, ...]) -> None:
    """Nothing of what was sent is in the lines since the last look."""
    text = log.taken()
    report.expect(not any(secret in text for secret in (SECRET, *real)), f"{what}: {text[:300]}")


@pytest.mark.asvs("14.2.4", "16.2.5")
def test_no_secret_is_logged(
    world: Any, subject: Any, log: Log, capfd: pytest.CaptureFixture[str], record_property: Any
) -> None:
    report = Report("secret canaries in logs")
    everywhere(report, log, world, subject)
    printed = capfd.readouterr()
    report.expect(SECRET not in printed.out + printed.err, "something went to the terminal")
    report.must_be_clean(record_property)


def test_a_line_with_a_body_in_it_is_found(world: Any, log: Log) -> None:
    report = Report("planted")
    structlog.get_logger("dott").info("signed in", body={"password": f"{SECRET}-password"})
    judge(report, log, "planted", ())
    assert report.findings
