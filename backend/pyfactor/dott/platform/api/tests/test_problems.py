"""Every error, from whatever layer, is a whole problem, and tells nothing that is not for the client."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.http import Http404
from django.urls import path
from psycopg import errors as sqlstate
from psycopg_pool import PoolTimeout
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401  (of the map below)
from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.api.database_errors import explain
from dott.platform.api.errors import Conflict, PreconditionFailed, ProblemError, flatten
from dott.platform.api.problems import pointer
from dott.platform.api.views import ApiView
from dott.platform.identity import roles

URL = "/api/crm/customers/"
MEMBERS = {"type", "title", "status", "code", "detail", "instance", "request_id"}
raised: list[BaseException] = []


class RaisingView(ApiView):
    def get(self, request):
        raise raised[0]

    def post(self, request):
        return Response({"read": request.data})


def raise_plainly(request):
    raise raised[0]


urlpatterns = [
    path("api/raise/", RaisingView.as_view(), name="raise"),
    path("api/plain/", raise_plainly, name="plain"),
    path("outside/", raise_plainly, name="outside"),
]


@pytest.fixture
def failing(settings, monkeypatch, api_as):
    """failing(exception, path) asks a view that raises it."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(roles._table, "raise", {"GET": roles.VIEWER, "POST": roles.VIEWER})

    def ask(exception: BaseException, where: str = "/api/raise/"):
        raised[:] = [exception]
        return api_as("alice").get(where)

    return ask


def caused(error: DatabaseError, cause: Exception) -> DatabaseError:
    error.__cause__ = cause
    return error


@pytest.mark.asvs("16.5.1", "16.5.4")
@pytest.mark.parametrize(
    ("exception", "status", "code"),
    [
        (Http404("secret"), 404, "not_found"),
        (exceptions.NotFound("secret"), 404, "not_found"),
        (PermissionDenied("secret"), 403, "permission_denied"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.MethodNotAllowed("GET"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("x/y"), 415, "unsupported_media_type"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.Throttled(wait=3), 429, "rate_limited"),
        (RequestDataTooBig("secret"), 413, "too_large"),
        (Conflict("No.", "won_already"), 409, "won_already"),
        (PreconditionFailed(4), 412, "stale_version"),
        (ProblemError(422, "odd", "Odd."), 422, "odd"),
        (caused(OperationalError("secret"), PoolTimeout("secret")), 503, "overloaded"),
        (caused(OperationalError("secret"), sqlstate.QueryCanceled("secret")), 503, "overloaded"),
        (caused(OperationalError("secret"), sqlstate.LockNotAvailable("secret")), 503, "overloaded"),
        (caused(OperationalError("secret"), sqlstate.AdminShutdown("secret")), 503, "database_unavailable"),
        (
            caused(OperationalError("secret"), sqlstate.OperationalError("secret")),
            503,
            "database_unavailable",
        ),
        (caused(OperationalError("secret"), sqlstate.DeadlockDetected("secret")), 409, "concurrent_change"),
        (caused(DatabaseError("secret"), sqlstate.ReadOnlySqlTransaction("secret")), 503, "read_only"),
        (caused(DatabaseError("secret"), sqlstate.UndefinedTable("secret")), 500, "server_error"),
        (sqlstate.QueryCanceled("secret"), 503, "overloaded"),
        (ValueError("secret"), 500, "server_error"),
        (RecursionError("secret"), 500, "server_error"),
    ],
)
@pytest.mark.parametrize("where", ["/api/raise/", "/api/plain/"])
def test_what_is_raised_becomes_a_problem(failing, exception, status: int, code: str, where: str) -> None:
    response = failing(exception, where)
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, body["code"]) == (status, code)
    assert body.keys() >= MEMBERS
    assert body["status"] == status
    assert body["instance"] == where
    assert body["request_id"] == response["X-Request-ID"]
    assert "secret" not in response.content.decode()
    if status in (429, 503):
        assert int(response["Retry-After"]) > 0


def test_the_current_version_is_told(failing) -> None:
    response = failing(PreconditionFailed(4))
    assert response.json()["current_version"] == 4
    assert response["ETag"] == '"4"'


@pytest.mark.parametrize("sqlstate_code", ["DT001", "DT002"])
def test_a_broken_tenant_context_tells_nothing(failing, sqlstate_code: str) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE 'secret' USING ERRCODE = '{sqlstate_code}'; END $$")
    assert error.value.__cause__.sqlstate == sqlstate_code
    response = failing(error.value)
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert sqlstate_code not in response.content.decode()


@pytest.mark.asvs("4.1.1")
def test_pages_outside_the_api_are_problems_too(failing) -> None:
    assert failing(Http404("secret"), "/outside/").json()["code"] == "not_found"


@pytest.mark.asvs("13.4.2")
def test_djangos_own_error_pages_are_replaced_in_debug_too(failing, settings) -> None:
    settings.DEBUG = True
    response = failing(ValueError("secret"), "/api/plain/")
    assert response["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()
    assert failing(SuspiciousOperation("secret"), "/api/plain/").json()["status"] == 400


def test_an_unknown_host(api_as) -> None:
    response = api_as("alice").get(URL, HTTP_HOST="evil.example")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_host")


def test_a_body_over_the_limit(api_as) -> None:
    body = b'{"notes": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    response = api_as("alice").generic("POST", URL, body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_what_cannot_be_accepted_in_an_answer(api_as) -> None:
    assert api_as("alice").get(URL, HTTP_ACCEPT="application/xml").json()["code"] == "not_acceptable"


def test_nested_messages_get_pointers_and_codes() -> None:
    class Line(serializers.Serializer):
        amount = serializers.IntegerField(max_value=3)

    class Order(serializers.Serializer):
        email = serializers.EmailField()
        lines = Line(many=True)

        def validate(self, attrs):
            raise serializers.ValidationError("whole", code="odd")

    order = Order(data={"email": "x", "lines": [{"amount": 1}, {"amount": 9}, {}]})
    order.is_valid()
    found = {(error["pointer"], error["code"]) for error in flatten(order._errors)}
    assert found == {("/email", "invalid"), ("/lines/1/amount", "max_value"), ("/lines/2/amount", "required")}
    whole = Order(data={"email": "x@example.com", "lines": []})
    whole.is_valid()
    assert [(error["pointer"], error["code"]) for error in flatten(whole._errors)] == [("", "odd")]


def test_pointers_are_escaped() -> None:
    assert pointer("a/b", "m~n", 0) == "/a~1b/m~0n/0"
    assert pointer() == ""


# --- What constraints say ----------------------------------------------------------------------------


def refusal_of(action) -> DatabaseError:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        action()
    return error.value


def test_a_unique_value_is_a_conflict_named_for_its_rule(in_tenant) -> None:
    with in_tenant("alice"):
        CustomerFactory(external_id="42")
        cause = explain(refusal_of(lambda: CustomerFactory(external_id="42")))
    assert (cause.status, cause.code) == (409, "customer_external_id_is_unique")


def test_a_broken_rule_is_invalid_input_named_for_it(in_tenant) -> None:
    with in_tenant("alice"):
        cause = explain(refusal_of(lambda: CustomerFactory(stage="stranger")))
    assert (cause.status, cause.code) == (400, "customer_stage_is_known")


def test_a_foreign_key_is_refused_alike_for_a_foreign_and_a_random_id(in_tenant, world) -> None:
    with in_tenant("alice"):
        foreign = explain(refusal_of(lambda: CustomerFactory(owner_id=world["bob"].membership_id)))
        random = explain(refusal_of(lambda: CustomerFactory(owner_id=uuid4())))
    assert foreign == random
    assert foreign.status == 400
    assert foreign.errors[0]["pointer"] == "/owner"
    assert foreign.errors[0]["code"] == "does_not_exist"


def test_a_conflict_over_http(api_as) -> None:
    client = api_as("alice")
    assert client.post(URL, {"business_name": "A", "external_id": "42"}).status_code == 201
    response = client.post(URL, {"business_name": "B", "external_id": "42"})
    assert (response.status_code, response.json()["code"]) == (409, "customer_external_id_is_unique")
    assert [row["business_name"] for row in client.get(URL).json()["results"]] == ["A"]


def test_an_unsaved_refusal_leaves_nothing(api_as, in_tenant) -> None:
    assert api_as("alice").post(URL, {"business_name": "A", "email": "x"}).status_code == 400
    with in_tenant("alice"):
        assert not Customer.objects.exists()


# --- Request ids -------------------------------------------------------------------------------------


@pytest.mark.parametrize("offered", ["abcdef12", "01HX-support.ticket_7", "x" * 64])
def test_a_well_formed_request_id_is_kept(api, offered: str) -> None:
    assert api.get("/health/live/", HTTP_X_REQUEST_ID=offered)["X-Request-ID"] == offered


@pytest.mark.parametrize(
    "offered",
    ["", "short", "x" * 65, "a b c d e f", "новый-номер", "x\u2028y12345", "<script>alert</script>"],
)
def test_any_other_is_replaced(api, offered: str) -> None:
    assigned = api.get("/health/live/", HTTP_X_REQUEST_ID=offered)["X-Request-ID"]
    assert assigned != offered
    assert len(assigned) == 36


@pytest.mark.asvs("16.2.5")
def test_the_log_line_holds_no_values(api_as, capfd) -> None:
    api_as("alice").get(f"{URL}?q=private&limit=3")
    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert line["event"] == "request"
    assert line["path"] == URL
    assert line["status"] == 200
    assert line["tenant_id"]
    assert "private" not in json.dumps(line)


@pytest.mark.asvs("3.4.3")
def test_answers_carry_a_policy_for_data(api_as) -> None:
    assert api_as("alice").get(URL)["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.asvs("16.3.4")
def test_an_unexpected_error_is_in_the_log_with_its_traceback(failing, caplog) -> None:
    assert failing(ValueError("out of the blue")).status_code == 500
    (record,) = [record for record in caplog.records if record.name == "django.request" and record.exc_info]
    assert record.levelname == "ERROR"
    assert str(record.exc_info[1]) == "out of the blue"
