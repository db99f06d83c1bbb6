"""The front answers what Django would have answered, byte for byte, and leaves the rest to it.

Both applications are asked the same over WSGI: status, headers and body are compared. Only Server-Timing
differs, in which the front says why it left a request to Django.
"""

import json
import os
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dott.modules.crm.custom.resource import OWN_FIELDS
from dott.modules.crm.models import Customer, CustomField
from dott.modules.crm.tests.factories import CustomerFactory, CustomFieldFactory
from dott.platform.api.filtering import periods
from dott.platform.api.plans.front import Front
from dott.platform.api.plans.plan import ListRead, Plan
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session, Tenant
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy import one_trip
from dott.platform.tenancy.router import APP
from tests.factories import factory_for
from tests.keys import made_key

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

LIST = "/api/crm/customers/"
HOST = urlsplit(settings.PUBLIC_ORIGIN).hostname


class Answer(NamedTuple):
    """What came back over WSGI. why: of Server-Timing, "" when the front answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    why: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(application: Any, token: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request. headers: WSGI names, such as HTTP_IF_NONE_MATCH."""
    extra = {
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={token}",
        "HTTP_X_REQUEST_ID": "the-same-for-both",
    }
    environ = (
        RequestFactory(SERVER_NAME=HOST, HTTP_HOST=HOST).generic(method, path, **extra | headers).environ
    )
    started: list[Any] = []
    body = application(environ, lambda *given: started.extend(given))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    status, given = started[0], dict(started[1])
    why = given.pop("Server-Timing", "")
    return Answer(status, sorted(given.items()), content, why)


def filled(headers: dict[str, str], token: str) -> dict[str, str]:
    """The headers with the session cookie's name and value in them."""
    return {
        name: value.replace("{name}", settings.SESSION_COOKIE_NAME).replace("{token}", token)
        for name, value in headers.items()
    }


class Both:
    """The front and the Django behind it, for one session token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.django = WSGIHandler()
        self.front = Front(self.django)

    def get(self, path: str, **headers: str) -> Answer:
        """The front's answer, after it was found equal to Django's."""
        answer = ask(self.front, self.token, path, **headers)
        theirs = ask(self.django, self.token, path, **headers)
        assert answer._replace(why="") == theirs, path
        return answer


@pytest.fixture
def both(world) -> Both:
    return Both(world["alice"].token)


TEXTS = ("Zoë's \u2028 Café", 'quote " and \\ back', "Ελλάδα", "é\u0301", "<script>&", "\x7f tab\t", "🎂", "")


@pytest.fixture
def customers(in_tenant) -> list[str]:
    """Rows that differ in every column that is shown; two of them in the trash."""
    with in_tenant("alice") as context:
        made = []
        for number in range(24):
            text = TEXTS[number % len(TEXTS)]
            made.append(
                CustomerFactory.create(
                    kind="business" if number % 3 else "person",
                    business_name=f"Firma {text}{number}" if number % 3 else "",
                    last_name=f"Last {text}",
                    notes=text,
                    stage=("lead", "prospect", "customer")[number % 3],
                    status=("active", "blocked")[number % 2],
                    owner_id=context.membership_id if number % 2 else None,
                    billing_city=("Köln", "Malmö", "")[number % 3],
                    billing_country=("DE", "SE", "")[number % 3],
                    industry=("Food", "")[number % 2],
                    is_tax_exempt=number % 2 == 0,
                    tax_exempt_expires_on=date(2031, 1, number + 1) if number % 2 == 0 else None,
                    last_activity_at=datetime(2026, 5, 1, 12, 0, 0, number * 1000, UTC)
                    if number % 4
                    else None,
                )
            )
        Customer.objects.filter(id__in=[made[3].id, made[4].id]).update(deleted_at=datetime.now(UTC))
    return [str(customer.id) for customer in made]


def test_a_record(both, customers):
    for id_ in customers:
        answer = both.get(f"{LIST}{id_}/")
        assert (answer.status, answer.why) == ("200 OK", "")
    assert both.get(f"{LIST}{customers[0]}/?fields=id,account_number,owner_name,version").json.keys() == {
        "id", "account_number", "owner_name", "version",
    }  # fmt: skip


def test_a_record_that_the_client_has(both, customers):
    path = f"{LIST}{customers[0]}/"
    etag = dict(both.get(path).headers)["ETag"]
    for header, status in ((etag, "304"), (f"W/{etag}", "304"), ("*", "304"), ('"99"', "200"), ("", "400")):
        answer = both.get(path, HTTP_IF_NONE_MATCH=header)
        assert answer.status.startswith(status), header
        assert bool(answer.why) == (status == "400")


@pytest.mark.parametrize("parameter", ["", "count=capped", "count=exact", "trashed=true", "fields=id"])
def test_every_page_forwards_and_backwards(both, customers, parameter):
    for ordering in ("name", "-created_at", "country,-city", "-email", "stage", "account_number"):
        address, seen, last = f"{LIST}?limit=5&ordering={ordering}&{parameter}", [], None
        while address:
            last = both.get(address)
            assert last.why == ""
            seen += [row["id"] for row in last.json["results"]]
            address = last.json["next"]
        assert sorted(seen) == sorted(
            id_ for place, id_ in enumerate(customers) if (place in (3, 4)) == (parameter == "trashed=true")
        )
        while last.json["previous"]:
            last = both.get(last.json["previous"])
            assert last.why == ""


def test_an_empty_page_and_one_whose_rows_are_gone(both, customers, in_tenant):
    assert both.get(f"{LIST}?q=nobody").json["results"] == []
    address = both.get(f"{LIST}?limit=20&ordering=name").json["next"]
    with in_tenant("alice"):
        Customer.objects.update(deleted_at=datetime.now(UTC))
    assert both.get(address).json["results"] == []


FILTERS = [
    '{"field":"stage","op":"in","value":["lead","former"]}',
    '{"field":"stage","op":"not_in","value":["lead"]}',
    '{"field":"owner","op":"is_not","value":"me"}',
    '{"field":"owner","op":"empty"}',
    '{"field":"notes","op":"contains","value":"CAFE"}',
    '{"field":"notes","op":"not_contains","value":"%"}',
    '{"field":"display_name","op":"starts","value":"firma"}',
    '{"field":"billing_city","op":"is","value":"KÖLN"}',
    '{"field":"account_number","op":"between","value":[3,"9"]}',
    '{"field":"account_number","op":"empty"}',
    '{"field":"is_tax_exempt","op":"is","value":false}',
    '{"field":"tax_exempt_expires_on","op":"after","value":"2031-01-08"}',
    '{"field":"tax_exempt_expires_on","op":"not_empty"}',
    '{"field":"last_activity_at","op":"within","value":"this month"}',
    '{"field":"created_at","op":"before","value":"today"}',
    '{"or":[{"field":"created_at","op":"within","value":"last 30 days"},'
    '{"and":[{"field":"kind","op":"is","value":"person"},{"field":"owner","op":"is","value":"me"}]}]}',
]
OWN = [
    ("motto", "text", ["Zoë", "zoe b", "Ärger"]),
    ("size", "number", ["-1.5", "10", "9"]),
    ("price", "money", [{"amount": "1.25", "currency": "EUR"}, {"amount": "11", "currency": "USD"}]),
    ("day", "date", ["2026-01-31", "0999-12-31"]),
    ("moment", "datetime", ["2026-01-31T09:30:00Z", "2025-12-31T23:00:00Z"]),
    ("vip", "bool", [True, False]),
    ("tier", "select", ["opt_b", "opt_a"]),
    ("uses", "multi_select", [["opt_a"], ["opt_b", "opt_a"]]),
    ("exact__in", "text", ["x"]),
]
OWN_FILTERS = [
    '{"field":"custom.motto","op":"contains","value":"zoe"}',
    '{"field":"custom.motto","op":"not_in","value":["Zoë"]}',
    '{"field":"custom.size","op":"lt","value":"9.5"}',
    '{"field":"custom.price","op":"between","value":[1,2]}',
    '{"field":"custom.price.currency","op":"is_not","value":"usd"}',
    '{"field":"custom.day","op":"before","value":"today"}',
    '{"field":"custom.moment","op":"after","value":"2026-01-01T00:00:00Z"}',
    '{"field":"custom.vip","op":"is","value":false}',
    '{"field":"custom.tier","op":"in","value":["opt_a","opt_b"]}',
    '{"field":"custom.uses","op":"is_not","value":"opt_b"}',
    '{"field":"custom.uses","op":"empty"}',
    '{"or":[{"field":"custom.exact__in","op":"not_empty"},{"field":"stage","op":"is","value":"lead"}]}',
]
WRONG_FILTERS = ["{", '{"field":"stage"}', '{"field":"x","op":"is","value":1}', '{"and":[]}', "\ud800"]


@pytest.mark.parametrize("node", FILTERS)
def test_a_compound_filter(both, customers, node):
    """Planned, once the business's calendar has been read by Django."""
    both.get(f"{LIST}?{urlencode({'filter': FILTERS[-2]})}")
    address = f"{LIST}?{urlencode({'filter': node, 'limit': 5, 'count': 'exact'})}"
    while address:
        answer = both.get(address)
        assert (answer.status, answer.why) == ("200 OK", "")
        address = answer.json["next"]


@pytest.mark.parametrize("node", WRONG_FILTERS)
def test_a_compound_filter_that_is_refused(both, customers, node):
    answer = both.get(f"{LIST}?{urlencode({'filter': node}, errors='surrogatepass')}")
    assert answer.status == "400 Bad Request"
    assert answer.why == 'fallback;desc="filter is refused"'


@pytest.fixture
def own(in_tenant, customers) -> list[str]:
    """The customers with values of their business's own fields; each is missing in some."""
    options = [{"id": "opt_a", "label": "A"}, {"id": "opt_b", "label": "B"}]
    with in_tenant("alice"):
        for key, type_, _ in OWN:
            made = options if "select" in type_ else []
            CustomFieldFactory.create(key=key, label=key, type=type_, options=made)
        for place, id_ in enumerate(customers):
            values = {
                key: listed[place % len(listed)]
                for n, (key, _, listed) in enumerate(OWN)
                if (place // 3 + n) % 3
            }
            Customer.objects.filter(id=id_).update(custom=values)
    return customers


def test_values_of_own_fields(both, own):
    assert any(both.get(f"{LIST}{id_}/").json["custom"] for id_ in own)
    assert both.get(f"{LIST}?limit=200").why == ""


@pytest.mark.parametrize("node", OWN_FILTERS)
def test_a_filter_by_own_fields(both, own, node):
    """Planned, once Django has read which fields there are, and the calendar."""
    both.get(f"{LIST}?{urlencode({'filter': FILTERS[-2]})}")
    both.get(f"{LIST}?{urlencode({'filter': OWN_FILTERS[0]})}")
    address, found = f"{LIST}?{urlencode({'filter': node, 'limit': 5, 'count': 'exact'})}", 0
    while address:
        answer = both.get(address)
        assert (answer.status, answer.why) == ("200 OK", "")
        found += len(answer.json["results"])
        address = answer.json["next"]
    assert 0 < found < 22


@pytest.mark.parametrize("key", [key for key, _, _ in OWN])
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_order_by_own_fields(both, own, key, sign):
    both.get(f"{LIST}?ordering=custom.motto")
    address, seen, last = f"{LIST}?limit=5&ordering={sign}custom.{key},-name", [], None
    while address:
        last = both.get(address)
        assert (last.status, last.why) == ("200 OK", "")
        seen += last.json["results"]
        address = last.json["next"]
    assert len({row["id"] for row in seen}) == len(seen) == 22
    empty = [key not in row["custom"] for row in seen]
    # Without a value last, or first when it goes down; a yes or no is no.
    assert key == "vip" or empty == sorted(empty, reverse=bool(sign))
    while last.json["previous"]:
        last = both.get(last.json["previous"])
        assert last.why == ""


def test_own_fields_that_are_not_known_or_have_changed(both, own, in_tenant):
    """What was remembered of which fields there are is compared with what there are now."""
    address = f"{LIST}?ordering=custom.tier&{urlencode({'filter': OWN_FILTERS[8]})}"
    OWN_FIELDS["customer"]._memory._known.clear()
    assert both.get(address).why == 'fallback;desc="the fields of the business were not read yet"'
    before = both.get(address)
    assert before.why == ""
    with in_tenant("alice"):
        field = CustomField.objects.get(key="tier")
        CustomField.objects.filter(pk=field.pk).update(options=field.options[::-1])
    after = both.get(address)
    assert after.why == ""
    assert after.body != before.body
    with in_tenant("alice"):
        CustomField.objects.filter(pk=field.pk).delete()
    assert both.get(address).status == "400 Bad Request"
    unknown = both.get(f"{LIST}?ordering=custom.tier")
    assert (unknown.status, unknown.json["errors"][0]["code"]) == ("400 Bad Request", "unknown_ordering")


def test_a_calendar_that_is_not_known_or_has_changed(both, world, customers, in_tenant):
    """What was remembered of how a business counts its days is compared with what it does now."""
    address = f"{LIST}?{urlencode({'filter': FILTERS[-2], 'count': 'exact'})}"
    periods.remembered._known.clear()
    assert both.get(address).why == 'fallback;desc="the calendar of the business was not read yet"'
    assert both.get(address).why == ""
    with in_tenant("alice"):
        Customer.objects.update(created_at=datetime(2026, 3, 18, 10, tzinfo=UTC))
    # It is the 18th in London and the 19th in Auckland.
    with time_machine.travel(datetime(2026, 3, 18, 12, tzinfo=UTC), tick=False):
        assert both.get(address).json["count"] == 0
        Tenant.objects.filter(id=world.bakery).update(timezone="Pacific/Auckland")
        assert periods.remembered.get(world.bakery).timezone == "UTC"
        moved = both.get(address)
    assert (moved.json["count"], moved.why) == (22, "")


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "filter": st.sampled_from([*FILTERS, *WRONG_FILTERS[:-1]]),
        "q": st.sampled_from(["firma", "Café", "%", "c-1", "+49 30", "a b", "x" * 201, "\x00", "_"])
        | st.text(max_size=8),
        "kind": st.sampled_from(["business", "person", "other", ""]),
        "kind__in": st.sampled_from(["business,person", "business", "nothing", "", ","]),
        "stage": st.sampled_from(["lead", "former", "LEAD"]),
        "stage__in": st.sampled_from(["lead,prospect", "lead,", "lead,x"]),
        "status": st.sampled_from(["active", "blocked"]),
        "owner": st.sampled_from(["me", "nobody", "", str(uuid4())]),
        "owner__in": st.sampled_from(["me", f"me,{uuid4()}", "me,x"]),
        "billing_city": st.sampled_from(["koln", "KÖLN", "malmo", ""]),
        "billing_city__in": st.sampled_from(["köln,malmö", "x"]),
        "billing_country": st.sampled_from(["DE", "de", "SE"]),
        "industry": st.sampled_from(["Food", "food"]),
        "created_at__gte": st.sampled_from(
            ["2026-01-01", "2026-01-01T00:00:00Z", "2199-01-01T00:00:00+05:30", "x"]
        ),
        "updated_at__lt": st.sampled_from(["2199-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"]),
        "trashed": st.sampled_from(["true", "false", "yes"]),
        "ordering": st.sampled_from(["name", "-name", "email", "-city,name", "stage", "id", "name,name", ""]),
        "limit": st.sampled_from(["1", "2", "7", "200", "0", "201", "x", "٣"]),
        "count": st.sampled_from(["exact", "capped", "all"]),
        "fields": st.sampled_from(["id", "id,version", "owner_name,notes", "nothing", ""]),
        "cursor": st.sampled_from(["x", "x.y"]),
        "unknown": st.just("1"),
    },
)  # fmt: skip


def test_any_query_of_any_member(world, customers):
    members = {name: Both(world[name].token) for name in ("alice", "vera", "bob", "sam")}
    answered = []

    @hypothesis_settings(
        max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(QUERIES, st.sampled_from(sorted(members)), st.booleans())
    def check(query: dict[str, str], name: str, follow: bool) -> None:
        answer = members[name].get(f"{LIST}?{urlencode(query, errors='surrogatepass')}")
        answered.append(answer.why)
        if follow and answer.status == "200 OK" and answer.json["next"]:
            members[name].get(answer.json["next"])

    check()
    # Most are refused, for half of the values are wrong; but the front must have answered many.
    assert answered.count("") >= 50, answered


def test_another_business_sees_nothing_of_it(world, customers):
    strange = Both(world["bob"].token)
    for id_ in customers:
        assert strange.get(f"{LIST}{id_}/").status == "404 Not Found"
    assert strange.get(LIST).json["results"] == []


def planned(application: Front) -> Iterator[tuple[Plan, str, str]]:
    """Each plan with the addresses of its list and of its records."""
    lists = {route.plan: path for path, route in application.routes.lists.items() if route.plan}
    records = {route.plan: path for path, route in application.routes.records.items() if route.plan}
    assert lists.keys() == records.keys()
    assert lists
    for plan, path in lists.items():
        yield plan, path, records[plan]


def test_no_plan_shows_a_stranger_anything(world, in_tenant):
    bob = Both(world["bob"].token)
    for plan, path, record in planned(bob.front):
        with in_tenant("alice"):
            row = factory_for(plan.model).create()
        assert str(row.id) in str(Both(world["alice"].token).get(path).body)
        assert bob.get(path).json["results"] == []
        assert bob.get(f"{record}{row.id}/").status == "404 Not Found"


def test_a_memory_that_takes_one_session_for_another_shows_nothing(world, customers, monkeypatch):
    """Were the process's memory wrong, or made wrong, the database would still know who asks."""
    tokens = {name: sha256(world[name].token.encode()).digest() for name in ("alice", "bob")}
    ask(Front(WSGIHandler()), world["alice"].token, LIST)
    alices = one_trip._memory.get(tokens["alice"])
    assert alices is not None
    asked = []

    def about_alices_business(context):
        asked.append(context.tenant_id)
        tenant = str(world.bakery).encode()
        return [one_trip.Statement("SELECT id FROM crm_customer WHERE tenant_id = $1", (tenant,))]

    one_trip._memory.put(tokens["bob"], alices)
    context, (rows,) = one_trip.read(tokens["bob"], about_alices_business)
    assert (context.tenant_id, rows) == (world.bikes, [])
    assert asked == [world.bakery, world.bikes]
    one_trip._memory.put(tokens["bob"], alices)
    assert Both(world["bob"].token).get(LIST).json["results"] == []
    # The same statement is Alice's own business to Alice.
    assert len(one_trip.read(tokens["alice"], about_alices_business)[1][0]) == len(customers)


def test_nothing_of_a_read_is_left_on_its_connection(world, customers):
    """The context ends with the implicit transaction: its next user has to prove herself."""
    proof = b"\\x" + sha256(world["alice"].token.encode()).hexdigest().encode()
    pool = connections[APP].pool
    with pool.connection() as connection:
        one_trip._send(connection, [one_trip.Statement(one_trip._ENTER, (proof,))])
        (left,) = one_trip._send(connection, [one_trip.Statement("SELECT count(*) FROM crm_customer")])
        assert b"no tenant context" in left.error_message


def test_every_statement_names_the_tenant(world, customers, in_tenant):
    plan = next(plan for plan, path, _ in planned(Front(WSGIHandler())) if path == LIST)
    with in_tenant("alice") as context:
        for query in ("", "count=exact", "q=firma&stage=lead", "trashed=true&fields=id"):
            for statement in ListRead(plan, LIST, QueryDict(query)).statements(context):
                assert statement.sql.count('"crm_customer"."tenant_id" = ') >= 1
                assert str(context.tenant_id).encode() in statement.params


def test_a_statement_that_fails_is_asked_again_by_django(both, customers, monkeypatch):
    monkeypatch.setattr(one_trip, "_ENTER", "SELECT 1 / (length($1) * 0)")
    assert both.get(LIST).why == 'fallback;desc="DivisionByZero"'
    monkeypatch.undo()
    assert both.get(LIST).why == ""


def test_a_connection_that_died_is_replaced(both, customers):
    assert both.get(LIST).why == ""
    for connection in connections[APP].pool._pool:
        with socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)
    assert both.get(LIST).status == "200 OK"
    assert both.get(LIST).why == ""


def test_without_prepared_statements_the_answers_are_the_same(both, customers, settings):
    settings.PREPARES_STATEMENTS = False
    assert both.get(f"{LIST}?count=capped&limit=7").why == ""


def test_a_session_that_moves_to_another_business_takes_nothing_along(world, customers):
    sam = Both(world["sam"].token)
    assert len(sam.get(LIST).json["results"]) == 22
    Session.objects.filter(token_hash=stored_hash(world["sam"].token)).update(active_tenant=world.bikes)
    moved = sam.get(LIST)
    assert (moved.json["results"], moved.why) == ([], "")
    assert sam.get(f"{LIST}{customers[0]}/").status == "404 Not Found"


def test_a_cursor_opens_in_no_other_business(world, customers):
    sam = Both(world["sam"].token)
    address = sam.get(f"{LIST}?limit=3").json["next"]
    Session.objects.filter(token_hash=stored_hash(world["sam"].token)).update(active_tenant=world.bikes)
    assert sam.get(address).status == "400 Bad Request"


@pytest.mark.asvs("8.3.2")
@pytest.mark.parametrize("ended", ["revoked", "expired", "idle", "member", "business"])
def test_whoever_may_no_longer_is_refused_at_once(both, world, customers, ended):
    assert both.get(LIST).status == "200 OK"
    sessions = Session.objects.filter(token_hash=stored_hash(both.token))
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    match ended:
        case "revoked":
            sessions.update(revoked_at=long_ago)
        case "expired":
            sessions.update(created_at=long_ago, expires_at=long_ago)
        case "idle":
            sessions.update(last_seen_at=long_ago)
        case "member":
            all_memberships().filter(id=world["alice"].membership_id).update(status="disabled")
        case "business":
            Tenant.objects.filter(id=world.bakery).update(status="suspended")
    refused = both.get(LIST)
    assert refused.status.startswith(("401", "403"))
    assert refused.why == 'fallback;desc="the session is refused"'


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_COOKIE": ""},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=a; {settings.SESSION_COOKIE_NAME}=b"},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=unknown"},
        {"HTTP_COOKIE": "theme=dark,{name}={token}"},
    ],
    ids=str,
)
def test_what_is_unusual_is_left_to_django(both, customers, headers):
    assert both.get(LIST, **filled(headers, both.token)).why.startswith("fallback")


def test_a_program_is_left_to_django(both, world, customers):
    """An API key is no session: whatever the front remembers, it has no proof of one."""
    keys = {name: made_key(world[name]).key for name in ("alice", "bob")}
    answers = {
        name: ask(both.front, "", LIST, HTTP_COOKIE="", HTTP_AUTHORIZATION=f"Bearer {key}")
        for name, key in keys.items()
    }
    for answer in answers.values():
        assert (answer.status, answer.why) == ("200 OK", 'fallback;desc="the credential is no session"')
    assert answers["alice"].json == both.get(LIST).json
    assert answers["bob"].json["results"] == []
    both_ways = ask(both.front, both.token, LIST, HTTP_AUTHORIZATION=f"Bearer {keys['bob']}")
    assert both_ways.status == "400 Bad Request"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "127.0.0.1:8000"},
        {"HTTP_COOKIE": "theme=dark; {name}={token}; a=b"},
        {"HTTP_COOKIE": '{name}="{token}"'},
        {"HTTP_COOKIE": " {name} = {token} "},
    ],
    ids=str,
)
def test_what_is_usual_is_not(both, customers, headers):
    assert both.get(LIST, **filled(headers, both.token)).why == ""


@pytest.mark.parametrize("query", ["&".join(f"a{n}=1" for n in range(1001)), "q=K\u00f6ln", "q=%ff", "q=%00"])
def test_odd_query_strings(both, customers, query):
    # As a server passes them on: bytes, each as one character.
    environ = {"QUERY_STRING": query.encode().decode("latin-1")}
    answer, theirs = (
        ask(application, both.token, LIST, **environ) for application in (both.front, both.django)
    )
    assert answer._replace(why="") == theirs


@pytest.mark.asvs("3.4.1")
def test_over_https_the_browser_is_told_to_stay_there(both, customers, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 60, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = Both(both.token).get(LIST, HTTP_X_FORWARDED_PROTO="https")
    assert dict(secure.headers)["Strict-Transport-Security"] == "max-age=60; includeSubDomains"
    assert "Strict-Transport-Security" not in dict(
        Both(both.token).get(LIST, HTTP_X_FORWARDED_PROTO="http").headers
    )


def test_another_method_is_djangos(both, customers):
    for method in ("HEAD", "OPTIONS", "DELETE"):
        assert ask(both.front, both.token, LIST, method) == ask(both.django, both.token, LIST, method)


def test_a_resource_without_a_plan_says_why(both):
    assert both.get("/api/crm/imports/").why.startswith('fallback;desc="')
