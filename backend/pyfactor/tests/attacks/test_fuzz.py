"""Inputs made from the schema: no answer is a 5xx, and each has the form that the schema promises."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance

from dott.platform.api.documentation import OPENAPI_FILE
from dott.platform.identity.csrf import csrf_secret
from tests.attacks.described import IS_FULL
from tests.attacks.report import Report

schema = schemathesis.openapi.from_path(str(OPENAPI_FILE))
schema.app = get_wsgi_application()
# The other phases walk every limit of every field: some minutes of processor time, the same each run.
schema.config.phases.update(phases=["fuzzing"])
# Inputs for each operation.
EXAMPLES = 40 if IS_FULL else 8


@pytest.fixture
def credentials(world) -> Iterator[dict[str, Any]]:
    """Alice's. The test's transaction outlives each request, so the end of one closes no connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    token = world["alice"].token
    yield {
        "cookies": {settings.SESSION_COOKIE_NAME: token},
        "headers": {"X-CSRFToken": csrf_secret(token), "Origin": settings.PUBLIC_ORIGIN, "Host": "localhost"},
    }
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def counted(record_property) -> Iterator[Report]:
    """Counts the inputs of one operation."""
    report = Report("bad inputs, from the schema")
    yield report
    report.must_be_clean(record_property)


@pytest.mark.asvs("2.2.2")
@schema.parametrize()
@hypothesis_settings(max_examples=EXAMPLES, database=None)
def test_no_input_breaks_anything(case, credentials, counted) -> None:
    response = case.call(**credentials)
    counted.attempts += 1
    checks = [not_a_server_error]
    # An answer of chosen fields lacks others that the schema says a whole one has.
    if "fields" not in (case.query or {}):
        checks.append(response_schema_conformance)
    try:
        case.validate_response(response, checks=checks)
    except FailureGroup as failures:
        counted.findings += [f"{case.as_curl_command()}: {failure.title}" for failure in failures.exceptions]
