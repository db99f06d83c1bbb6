"""What one generated attack tried, and what it found."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import HttpResponse


@dataclass
class Report:
    """Attempts made, and a sentence for each that got through."""

    name: str
    attempts: int = 0
    findings: list[str] = field(default_factory=list)

    def expect(self, holds: bool, finding: str) -> None:
        """Count one attempt; keep the finding unless the attempt was stopped."""
        self.attempts += 1
        if not holds:
            self.findings.append(finding)

    def expect_problem(self, response: Any, status: int, what: str, code: str | None = None) -> None:
        """The attempt must be answered with this status, as problem+json, with this code if one is given."""
        seen = problem(response)
        holds = response.status_code == status and seen is not None and code in (None, seen["code"])
        self.expect(holds, f"{what}: {status} {code or ''} expected, got {describe(response)}")

    def must_be_clean(self, record_property: Any) -> None:
        """Fail on any finding, and on an attack that attacked nothing."""
        record_property("attack", f"{self.name}: {self.attempts} attempts, {len(self.findings)} findings")
        if counts := os.environ.get("DOTT_ATTACKS_COUNTS"):
            with Path(counts).open("a", encoding="utf-8") as file:
                file.write(f"{self.name}\t{self.attempts}\t{len(self.findings)}\n")
        assert self.attempts > 0, f"{self.name} attacked nothing"
        assert not self.findings, "\n".join(self.findings)


def problem(response: HttpResponse) -> dict[str, Any] | None:
    """The problem body, None when the response has no such body."""
    if response.headers.get("Content-Type") != "application/problem+json":
        return None
    body: dict[str, Any] = response.json()  # type: ignore[attr-defined]  # the test client's
    whole = body.keys() >= {"type", "title", "status", "code", "detail", "instance", "request_id"}
    return body if whole and body["status"] == response.status_code else None


def comparable(response: HttpResponse) -> tuple[Any, ...]:
    """Everything a client can see of an answer but what repeats or counts its own request."""
    body = problem(response) or {}
    headers = {
        name: value for name, value in response.headers.items() if name not in {"X-Request-ID", "RateLimit"}
    }
    rest = {name: value for name, value in body.items() if name not in {"request_id", "instance"}}
    return response.status_code, sorted(headers.items()), rest or response.content


def describe(response: Any) -> str:
    """Status and the beginning of the body."""
    content = b"" if response.streaming else response.content
    return f"{response.status_code} {content[:160]!r}"
