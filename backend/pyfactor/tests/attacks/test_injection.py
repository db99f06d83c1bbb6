"""Fields and values that nobody offered, in every operation; and the views that would swallow them."""

from typing import Any

import pytest

from tests.attacks import injection
from tests.attacks.described import IS_FULL
from tests.attacks.inventory import operations
from tests.attacks.planted import LenientView

TARGETS = [operation for operation in operations() if operation.is_described]
NAMES, VALUES = (None, None) if IS_FULL else (2, 1)


@pytest.mark.asvs("8.2.3", "15.3.3")
def test_no_field_is_taken_that_is_not_offered(api_as: Any, subject: Any, record_property: Any) -> None:
    injection.unknown_fields(TARGETS, api_as, subject, NAMES).must_be_clean(record_property)


@pytest.mark.asvs("1.3.3", "1.4.2", "2.2.1", "15.3.5", "16.5.1")
def test_no_value_breaks_a_field(api_as: Any, subject: Any, record_property: Any) -> None:
    injection.hostile_bodies(TARGETS, api_as, subject, VALUES).must_be_clean(record_property)
    assert api_as("alice").get("/api/auth/me/").status_code == 200


def test_no_value_breaks_a_parameter(api_as: Any, subject: Any, record_property: Any) -> None:
    injection.hostile_queries(TARGETS, api_as, subject, VALUES).must_be_clean(record_property)


def test_a_view_that_takes_what_it_is_given_is_found(api_as: Any, subject: Any, monkeypatch: Any) -> None:
    operation = next(target for target in TARGETS if target.route == "tag-list" and target.is_unsafe)
    monkeypatch.setattr(operation.view, "create", LenientView.post)
    report = injection.unknown_fields([operation], api_as, subject, None)
    assert len(report.findings) == report.attempts > 15
    assert f"{operation} with tenant_id: 200" in "\n".join(report.findings)


def test_a_view_that_breaks_is_found(api_as: Any, subject: Any, monkeypatch: Any) -> None:
    operation = next(target for target in TARGETS if target.route == "tag-list" and target.is_unsafe)

    def create(self: Any, request: Any) -> None:
        raise KeyError(request.data["name"].strip())

    monkeypatch.setattr(operation.view, "create", create)
    findings = injection.hostile_bodies([operation], api_as, subject, None).findings
    assert len(findings) > len(injection.HOSTILE)
    assert any("500" in finding for finding in findings)


def test_a_parameter_that_breaks_is_found(api_as: Any, subject: Any, monkeypatch: Any) -> None:
    operation = next(target for target in TARGETS if target.route == "tag-list" and not target.is_unsafe)

    def listed(self: Any, request: Any) -> None:
        raise KeyError(request.query_params["limit"])

    monkeypatch.setattr(operation.view, "list", listed)
    assert injection.hostile_queries([operation], api_as, subject, 1).findings
