"""A write that the front hands to its viewset does what it does through Django: twins are changed, one each way."""

import json
import re
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection, connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, CustomFieldFactory, TagFactory
from dott.platform.api.plans import writes
from dott.platform.api.plans.front import Front
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.identity.csrf import csrf_secret
from dott.platform.realtime.publisher import publisher
from dott.platform.tenancy.router import APP
from dott.platform.webhooks.tests.factories import EndpointFactory
from tests.front.support import LIST, Answer, ask
from tests.test_query_budget import FORMS, bodies_of, resources

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

_VARYING = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb"|\d{4}-\d\d-\d\d[T ][0-9:.]+(?:Z|\+00:00)|C-\d{6}"
)
_WRITTEN = """
    SELECT jsonb_build_array(s.kind, s.actor_id, s.reason, s.event, s.details, s.undoes_id,
                             c.entity, c.operation, c.before, c.after - 'number')::text
      FROM history_change_set s LEFT JOIN history_change c ON c.change_set_id = s.id AND c.tenant_id = s.tenant_id
     WHERE s.tenant_id = app.tenant_id() AND s.request_id = %s ORDER BY c.id"""
_TO_DO = """
    SELECT jsonb_build_array(kind, state, args)::text FROM jobs_job
     WHERE tenant_id = app.tenant_id() AND kind <> 'history.seal' ORDER BY id"""
_ROW = """
    SELECT (to_jsonb(c) - 'id' - 'number' - 'search_text' - 'created_at' - 'updated_at')::text
      FROM crm_customer c WHERE tenant_id = app.tenant_id() AND id = %s"""
_LINKS = "SELECT count(*)::text FROM crm_customer_tag WHERE tenant_id = app.tenant_id() AND customer_id = %s"


class Outcome(NamedTuple):
    """What is left of a write; without what no two writes have in common."""

    status: str
    headers: Any
    body: bytes
    messages: list[bytes]
    database: list[bytes]


class Twins:
    """The same write through the front and through Django."""

    def __init__(self, world: Any, in_tenant: Callable[[str], Any], monkeypatch: Any) -> None:
        self.world, self.in_tenant = world, in_tenant
        self.django = WSGIHandler()
        self.front = Front(self.django)
        self.said: list[bytes] = []
        self.numbers = count(1)
        monkeypatch.setattr(publisher, "publish", lambda *said: self.said.append(repr(said).encode()))

    def write(
        self, name: str, method: str, paths: tuple[str, str], body: bytes, keeper: str = "alice", **headers: str
    ) -> Answer:
        """The front's answer, after its outcome was found to be that of Django's. name: who asks."""
        results = [
            self._outcome(application, name, method, path, body, keeper, headers)
            for application, path in zip((self.front, self.django), paths, strict=True)
        ]
        (answer, ours), (_, theirs) = results
        assert ours == theirs, (name, method, body, headers)
        return answer

    def _outcome(
        self, application: Any, name: str, method: str, path: str, body: bytes, keeper: str, headers: dict[str, str]
    ) -> tuple[Answer, Outcome]:
        token, named = self.world[name].token, f"request-{next(self.numbers):05}"
        sent = {
            "HTTP_ORIGIN": settings.PUBLIC_ORIGIN,
            "HTTP_X_CSRFTOKEN": csrf_secret(token),
            "HTTP_X_REQUEST_ID": named,
            **headers,
        }
        self.said.clear()
        with self.in_tenant(keeper):
            before = _lines(_TO_DO)
        answer = ask(application, token, path, method, body, **{k: v for k, v in sent.items() if v is not None})
        written = path.removeprefix(LIST).strip("/") or (
            answer.json["id"] if answer.status.startswith("201") else None
        )
        with self.in_tenant(keeper):
            left = [*_lines(_WRITTEN, named), *_lines(_TO_DO)[len(before) :]]
            if written and path.startswith(LIST):
                left += [*_lines(_ROW, written), *_lines(_LINKS, written)]
        return answer, Outcome(
            answer.status,
            [(key, _even(value.encode(), named)) for key, value in answer.headers],
            _even(answer.body, named),
            [_even(said, named) for said in self.said],
            [_even(line, named) for line in left],
        )


def _lines(sql: str, *params: Any) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [line.encode() for (line,) in cursor.fetchall()]


def _even(text: bytes, named: str) -> bytes:
    return _VARYING.sub(b"*", text.replace(named.encode(), b"*"))


@pytest.fixture
def twins(world, in_tenant, monkeypatch) -> Twins:
    return Twins(world, in_tenant, monkeypatch)


@pytest.fixture
def pair(in_tenant) -> Callable[..., tuple[str, str]]:
    """The addresses of two customers who are alike."""

    def make(keeper: str = "alice", **values: Any) -> tuple[str, str]:
        with in_tenant(keeper):
            made = [CustomerFactory.create(**{"business_name": "Mill", **values}) for _ in range(2)]
        return f"{LIST}{made[0].pk}/", f"{LIST}{made[1].pk}/"

    return make


TEXTS = st.sampled_from(
    ["", "Zoë's \u2028 Café", "e\u0301", ' "quoted" \\ ', " padded ", "🎂", "x" * 300, "\x00", 7, None, ["a"], {}]
)
COMMON: dict[str, Any] = {
    "kind": st.sampled_from(["business", "person", "other", None]),
    "business_name": TEXTS,
    "first_name": TEXTS,
    "email": st.sampled_from(["", "maja@lindqvist.example", "MAJA@x.example", "no address", None]),
    "phone": st.sampled_from(["", "+4684123456", "08-412 34 56", "12", "x" * 41, None]),
    "website": st.sampled_from(["", "https://www.lindqvist.example/", "ftp://x.example", "x"]),
    "stage": st.sampled_from(["lead", "customer", "LEAD", "", None, True]),
    "owner": st.sampled_from(["me", "alice", "bob", str(uuid4()), "nobody", None]),
    "is_tax_exempt": st.sampled_from([True, False, "true", 1, "x", None]),
    "tax_exempt_certificate": st.sampled_from(["", "C 1"]),
    "tax_exempt_expires_on": st.sampled_from(["2031-01-01", "2031-02-30", "", None]),
    "currency": st.sampled_from(["SEK", "sek", "XXX", ""]),
    "language": st.sampled_from(["sv", "sv-SE", "qq"]),
    "billing_country": st.sampled_from(["SE", "se", "Sweden", ""]),
    "notes": TEXTS,
    "do_not_call": st.booleans(),
    "custom": st.sampled_from([{}, {"size": 7}, {"size": None}, {"size": "x"}, {"none": 1}, [], None]),
    "tags": st.sampled_from(["ours", "none", "strange", []]),
}
ODD: dict[str, Any] = {
    "version": st.just(3),
    "tenant_id": st.just(str(uuid4())),
    "unknown": st.just(1),
    "number": st.just(1),
}
BODIES = st.fixed_dictionaries({}, optional=COMMON) | st.fixed_dictionaries({}, optional=COMMON | ODD)
# Mostly right, so that most of them are written.
USUAL = st.fixed_dictionaries(
    {},
    optional={
        "notes": st.sampled_from(["Called", "", "Zoë's \u2028 Café", "e\u0301"]),
        "stage": st.sampled_from(["lead", "customer"]),
        "phone": st.sampled_from(["", "+4684123456"]),
        "owner": st.sampled_from(["me", "alice", None]),
        "do_not_email": st.booleans(),
        "billing_city": st.sampled_from(["Köln", ""]),
        "tax_exempt_expires_on": st.just(None),
        "custom": st.sampled_from([{"size": 7}, {}, {"size": None}]),
        "tags": st.sampled_from(["ours", []]),
    },
)
IF_MATCH = st.sampled_from(["*", '"1"', '"1"', '"2"', 'W/"1"', '"2", "1"', "1", "", None])


def test_any_change_and_any_new_one_of_any_member(world, in_tenant, twins, pair):
    given_tags = {}
    for keeper in ("alice", "olga", "bob"):
        with in_tenant(keeper):
            CustomFieldFactory.create(key="size", label="Size", type="number", options=[])
            given_tags[keeper] = str(TagFactory.create().pk)
    with in_tenant("alice"):
        EndpointFactory.create()
    seen: list[tuple[str, str]] = []

    def said(body: dict[str, Any], name: str, keeper: str) -> bytes:
        made = dict(body)
        people = {"me": world[name].membership_id, "alice": world["alice"].membership_id}
        if made.get("owner") in (people | {"bob": None}):
            made["owner"] = str(people.get(made["owner"]) or world["bob"].membership_id)
        if isinstance(made.get("tags"), str):
            tags = {"ours": given_tags[keeper], "strange": given_tags["bob"], "none": str(uuid4())}
            made["tags"] = [tags[made["tags"]]]
        return json.dumps(made).encode()

    @hypothesis_settings(
        max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(
        USUAL | BODIES,
        st.sampled_from(["alice", "alice", "mia", "vera", "bob", "tara", "nora"]),
        st.booleans(),
        IF_MATCH,
        st.sampled_from(["none", "none", "none", "trashed", "owned"]),
    )
    def check(body: dict[str, Any], name: str, is_new: bool, if_match: str | None, state: str) -> None:
        keeper = "olga" if name in ("tara", "nora") else "alice"
        if is_new:
            answer = twins.write(name, "POST", (LIST, LIST), said({"business_name": "New"} | body, name, keeper), keeper)
        else:
            owner = world[name].membership_id if state == "owned" and name != "bob" else None
            paths = pair(keeper, owner_id=owner)
            if state == "trashed":
                with in_tenant(keeper):
                    Customer.objects.filter(business_name="Mill").update(deleted_at="2026-01-01T00:00:00Z")
            headers = {} if if_match is None else {"HTTP_IF_MATCH": if_match}
            answer = twins.write(name, "PATCH", paths, said(body, name, keeper), keeper, **headers)
        seen.append((answer.status[:3], answer.why))

    check()
    planned = [status for status, why in seen if not why]
    assert {"200", "201"} == set(planned)
    assert len(planned) >= 40, seen
    # Nothing but success is the front's.
    assert {"400", "403", "404", "412", "428"} <= {status for status, why in seen if why}


def test_what_is_sent_twice_with_a_key_is_done_once_by_django(twins, world, in_tenant):
    token = world["alice"].token
    headers = {
        "HTTP_ORIGIN": settings.PUBLIC_ORIGIN, "HTTP_X_CSRFTOKEN": csrf_secret(token), "HTTP_IDEMPOTENCY_KEY": "one",
    }  # fmt: skip
    first, again = (
        ask(twins.front, token, LIST, "POST", b'{"business_name": "Once"}', **headers) for _ in range(2)
    )
    assert first.status == again.status == "201 Created"
    assert first.why == again.why == 'fallback;desc="a write with parameters"'
    assert first.body == again.body
    with in_tenant("alice"):
        assert Customer.objects.filter(business_name="Once").count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_CSRFTOKEN": "t" * 32},
        {"HTTP_X_CSRFTOKEN": ""},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": None},
        {"HTTP_ORIGIN": None, "HTTP_REFERER": "https://evil.example/"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded"},
        {"QUERY_STRING": "fields=id"},
        {"QUERY_STRING": "unknown=1"},
        {"CONTENT_LENGTH": "1"},
        {"CONTENT_LENGTH": "0"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
    ],
    ids=str,
)
def test_what_is_unusual_is_left_to_django(twins, pair, headers):
    answer = twins.write("alice", "PATCH", pair(), b'{"notes": "x"}', HTTP_IF_MATCH="*", **headers)
    assert answer.why.startswith("fallback")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": None, "HTTP_REFERER": f"{settings.PUBLIC_ORIGIN}/customers"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"CONTENT_TYPE": "application/json; charset=utf-8"},
        {"HTTP_ACCEPT": "application/json"},
    ],
    ids=str,
)
def test_what_is_usual_is_not(twins, pair, headers):
    answer = twins.write("alice", "PATCH", pair(), b'{"notes": "x"}', HTTP_IF_MATCH='"1"', **headers)
    assert (answer.status, answer.why) == ("200 OK", "")


@pytest.mark.parametrize("body", [b"[]", b"7", b"{", b'{"a":1,"a":2}', b'{"notes":"\\ud800"}', b"\xff"])
def test_a_body_that_is_no_object_is_djangos(twins, pair, body):
    assert twins.write("alice", "PATCH", pair(), body, HTTP_IF_MATCH="*").status == "400 Bad Request"


def test_a_write_that_fails_late_is_done_once_by_django(twins, pair, monkeypatch, in_tenant):
    def fail(*_: Any) -> None:
        raise ValueError

    paths = pair()
    monkeypatch.setattr(writes, "_render", fail)
    answer = twins.write("alice", "PATCH", paths, b'{"notes": "x"}', HTTP_IF_MATCH='"1"')
    assert (answer.status, answer.why) == ("200 OK", 'fallback;desc="ValueError"')
    with in_tenant("alice"):
        assert set(Customer.objects.values_list("version", flat=True)) == {2}


def test_what_may_have_been_committed_is_not_done_again(twins, world, monkeypatch, in_tenant):
    wrapper = type(connections[APP])
    committed = wrapper.commit

    def lose_the_answer(self: Any) -> None:
        committed(self)
        raise OperationalError("the server closed the connection") from writes.psycopg.OperationalError("x")

    token = world["alice"].token
    headers = {"HTTP_ORIGIN": settings.PUBLIC_ORIGIN, "HTTP_X_CSRFTOKEN": csrf_secret(token)}
    monkeypatch.setattr(wrapper, "commit", lose_the_answer)
    answer = ask(twins.front, token, LIST, "POST", b'{"business_name": "Once"}', **headers)
    monkeypatch.undo()
    assert (answer.status, answer.json["code"]) == ("503 Service Unavailable", "database_unavailable")
    with in_tenant("alice"):
        assert Customer.objects.filter(business_name="Once").count() == 1


@pytest.mark.parametrize(
    "operation", [found for found in resources("create", TenantModelViewSet) if found.route not in FORMS],
    ids=str,
)
def test_each_resource_is_made_alike(twins, world, in_tenant, operation):
    """Other bodies for each, where their values may be there only once: so it is the form that is compared."""
    with in_tenant("alice"):
        bodies = bodies_of(operation, 2)
    token, url = world["alice"].token, operation.url()
    headers = {"HTTP_ORIGIN": settings.PUBLIC_ORIGIN, "HTTP_X_CSRFTOKEN": csrf_secret(token)}
    ours, theirs = (
        ask(application, token, url, "POST", json.dumps(body, default=str).encode(), **headers)
        for application, body in zip((twins.front, twins.django), bodies, strict=True)
    )
    assert ours.status == theirs.status == "201 Created", ours
    assert [name for name, _ in ours.headers] == [name for name, _ in theirs.headers]
    assert {name: type(value) for name, value in ours.json.items()} == {
        name: type(value) for name, value in theirs.json.items()
    }


def test_most_resources_are_written_so(twins) -> None:
    assert {"/api/crm/customers/", "/api/crm/contacts/", "/api/crm/deals/", "/api/crm/activities/"} <= set(
        twins.front.routes.creates
    ) & set(twins.front.routes.changes)
