"""A write that the front hands to its viewset does what it does through Django: of twins each one way."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomFieldFactory, TagFactory
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.identity.csrf import csrf_secret
from dott.platform.webhooks.tests.factories import EndpointFactory
from tests.front.support import LIST, ask
from tests.test_query_budget import FORMS, bodies_of, resources

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

TEXTS = st.sampled_from(
    [
        "",
        "Zoë's \u2028 Café",
        "e\u0301",
        ' "quoted" \\ ',
        " padded ",
        "🎂",
        "x" * 300,
        "\x00",
        7,
        None,
        ["a"],
        {},
    ]
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
KEYS = st.sampled_from(["key-{number}-{twin}", None])
IF_MATCH = st.sampled_from(["*", '"1"', '"1"', '"2"', 'W/"1"', '"2", "1"', "1", "", None, None, None])


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

    @hypothesis_settings(max_examples=200)
    @given(
        USUAL | BODIES,
        st.sampled_from(["alice", "alice", "mia", "vera", "bob", "tara", "nora"]),
        st.booleans(),
        IF_MATCH,
        st.sampled_from(["none", "none", "none", "trashed", "owned"]),
        KEYS,
    )
    def check(
        body: dict[str, Any], name: str, is_new: bool, if_match: str | None, state: str, key: str | None
    ) -> None:
        keeper = "olga" if name in ("tara", "nora") else "alice"
        headers = {} if key is None else {"HTTP_IDEMPOTENCY_KEY": key.replace("{number}", str(len(seen)))}
        if is_new:
            new = said({"business_name": "New"} | body, name, keeper)
            answer = twins.write(name, "POST", (LIST, LIST), new, keeper, **headers)
        else:
            owner = world[name].membership_id if state == "owned" and name != "bob" else None
            paths = pair(keeper, owner_id=owner)
            if state == "trashed":
                with in_tenant(keeper):
                    Customer.objects.filter(business_name="Mill").update(deleted_at="2026-01-01T00:00:00Z")
            headers |= {} if if_match is None else {"HTTP_IF_MATCH": if_match}
            answer = twins.write(name, "PATCH", paths, said(body, name, keeper), keeper, **headers)
        seen.append((answer.status[:3], answer.why))

    check()
    planned = [status for status, why in seen if not why]
    assert {"200", "201"} == set(planned)
    assert len(planned) >= 40, seen
    # Nothing but success is the front's.
    assert {"400", "403", "404", "412", "428"} <= {status for status, why in seen if why}


@pytest.mark.parametrize(
    "operation",
    [found for found in resources("create", TenantModelViewSet) if found.route not in FORMS],
    ids=str,
)
def test_each_resource_is_made_alike(twins, world, in_tenant, operation):
    """Each has a body of its own, for values may be there only once: so it is the form that is compared."""
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
