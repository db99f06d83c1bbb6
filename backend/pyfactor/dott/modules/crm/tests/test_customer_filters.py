"""The one filter grammar: list, count, export, bulk and an oracle in Python agree for any filter."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.api.customer_filters import CustomerFilters
from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, CustomFieldFactory, PersonFactory
from dott.modules.crm.tests.oracle import Oracle
from dott.platform.api.filtering.apply import apply_filter
from dott.platform.identity.models import Tenant

# The business's calendar is written by another role than reads it.
pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

URL = "/api/crm/customers/"
# Noon in London is the next day in Auckland, where the business is.
NOW = datetime(2026, 3, 18, 12, 30, tzinfo=UTC)
ZONE, TODAY = "Pacific/Auckland", date(2026, 3, 19)
FIELDS = (
    "account_number", "display_name", "email", "source", "notes", "kind", "stage", "owner", "billing_city",
    "billing_country", "is_tax_exempt", "tax_exempt_expires_on", "created_at", "last_activity_at",
)  # fmt: skip

TEXTS = ["", "Köln", "koln", "Straße 5%", "a_b\\", "Ελλάδα", "A&B “x”"]
INSTANTS = [
    datetime(2026, 3, 17, 10, 59, 59, 999_999, UTC), datetime(2026, 3, 17, 11, tzinfo=UTC),
    datetime(2026, 3, 18, 10, 59, 59, tzinfo=UTC), datetime(2026, 3, 18, 11, tzinfo=UTC),
    datetime(2026, 2, 17, 11, tzinfo=UTC), datetime(2026, 2, 17, 10, 59, tzinfo=UTC),
    datetime(2026, 2, 28, 11, tzinfo=UTC), datetime(2025, 12, 31, 11, tzinfo=UTC),
]  # fmt: skip

CUSTOM_TYPES = {
    "motto": "text", "size": "number", "price": "money", "day": "date", "moment": "datetime", "vip": "bool",
    "tier": "select", "uses": "multi_select",
}  # fmt: skip
OPTIONS = [{"id": f"opt_{name}", "label": name} for name in ("a", "b", "c")]


def custom_of(n: int) -> dict[str, Any]:
    """Values of the business's own fields, some of them missing everywhere but in one customer of three."""
    values: dict[str, Any] = {
        "motto": TEXTS[n % 7],
        "size": str(Decimal(n - 20) / 4) if n % 3 else None,
        "price": {"amount": str(n // 3), "currency": ["EUR", "USD"][n % 2]} if n % 4 else None,
        "day": str(TODAY + timedelta(days=n - 20)) if n % 4 == 0 else None,
        "moment": INSTANTS[n % 8].strftime("%Y-%m-%dT%H:%M:%SZ") if n % 5 else None,
        "vip": [True, False, None][n % 3],
        "tier": [None, "opt_a", "opt_b", "opt_c"][n % 4],
        "uses": [None, ["opt_a"], ["opt_a", "opt_c"], ["opt_b"], ["opt_c"]][n % 5],
    }
    return {key: value for key, value in values.items() if value not in (None, "")}


def as_read(custom: dict[str, Any]) -> dict[str, Any]:
    """Name as in a filter → value as the oracle compares it."""
    readers: dict[str, Any] = {
        "size": Decimal,
        "price": lambda price: Decimal(price["amount"]),
        "day": date.fromisoformat,
        "moment": datetime.fromisoformat,
    }
    found: dict[str, Any] = {f"custom.{key}": None for key in CUSTOM_TYPES}
    found |= {f"custom.{key}": readers.get(key, lambda v: v)(value) for key, value in custom.items()}
    found["custom.vip"] = bool(found["custom.vip"])
    return found | {"custom.price.currency": custom.get("price", {}).get("currency")}


@pytest.fixture
def auckland(world, in_tenant):
    Tenant.objects.filter(id=world.bakery).update(timezone=ZONE, week_start=1)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rows(auckland, world, in_tenant) -> list[dict[str, Any]]:
    """Forty customers that differ in what is filtered by, as the oracle reads them."""
    owners = [None, world["alice"].membership_id, world["mia"].membership_id]
    with in_tenant("alice"):
        for key, type_ in CUSTOM_TYPES.items():
            options = OPTIONS if "select" in type_ else []
            CustomFieldFactory(key=key, label=key, type=type_, options=options)
        for n in range(40):
            name = f"B {TEXTS[n % 7]}{n % 3}"
            make = PersonFactory if n % 5 == 4 else CustomerFactory
            make(
                **{"last_name" if n % 5 == 4 else "business_name": name},
                email=["", "Zoe@example.com", "zoe.b@Example.org"][n % 3],
                source=TEXTS[n % 7],
                notes=TEXTS[(n // 2) % 7],
                stage=["lead", "prospect", "customer", "former"][n % 4],
                owner_id=owners[n % 3],
                billing_city=TEXTS[(n // 3) % 7],
                billing_country=["", "DE", "NZ"][n % 3],
                is_tax_exempt=n % 2 == 0,
                tax_exempt_expires_on=TODAY + timedelta(days=n - 20) if n % 4 == 0 else None,
                created_at=INSTANTS[n % 8],
                last_activity_at=INSTANTS[n // 2 % 8] if n % 3 else None,
                custom=custom_of(n),
            )  # fmt: skip
        return [
            {**values, "account_number": values.pop("number"), **as_read(values.pop("custom"))}
            for values in Customer.objects.values(
                *(name for name in FIELDS if name != "account_number"), "number", "custom"
            )
        ]


def leaf(field: str, op: str, *value: Any) -> dict[str, Any]:
    return {"field": field, "op": op} | ({"value": value[0]} if value else {})


def on(fields: list[str], ops: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(leaf, st.sampled_from(fields), st.sampled_from(ops), values)


WORDS = st.sampled_from([*filter(None, TEXTS), "zoe@EXAMPLE.com", "b", "%", "_", "\\", "kol", "STRASSE"])
STAGES = st.sampled_from(["lead", "prospect", "customer", "partner"])
NUMBERS = st.integers(-1, 45) | st.sampled_from(["7", "12", "0"])
DAYS = [str(TODAY + timedelta(days=n)) for n in (-30, -20, -2, -1, 0, 1, 9)]
DATES = st.sampled_from([*DAYS, "today", "yesterday"])
PERIODS = st.sampled_from(["today", "yesterday", "this week", "this month", "last 30 days", "next 7 days"])
TEXT_FIELDS = [
    "display_name", "email", "source", "notes", "billing_city", "billing_country", "custom.motto",
]  # fmt: skip
DAY_FIELDS = ["tax_exempt_expires_on", "created_at", "last_activity_at", "custom.day", "custom.moment"]
CHOICE_FIELDS = ["custom.tier", "custom.uses"]
CHOICES = st.sampled_from([option["id"] for option in OPTIONS])
NUMBER_FIELDS = ["account_number", "custom.size", "custom.price"]
FRACTIONS = st.sampled_from(["-5", "-1.25", 0.25, "2.500000"])


MAYBE_EMPTY = [
    *(name for name in FIELDS if name != "is_tax_exempt"),
    *(f"custom.{key}" for key in CUSTOM_TYPES if key != "vip"),
]


def leaves(members: list[str]) -> st.SearchStrategy[Any]:
    member = st.sampled_from(members)
    return st.one_of(
        on(TEXT_FIELDS, ["is", "is_not", "contains", "not_contains", "starts"], WORDS),
        on(TEXT_FIELDS, ["in", "not_in"], st.lists(WORDS, min_size=1, max_size=3)),
        on(["stage"], ["is", "is_not"], STAGES),
        on(["stage"], ["in", "not_in"], st.lists(STAGES, min_size=1, max_size=3)),
        on(["kind"], ["is", "is_not"], st.sampled_from(["business", "person"])),
        on(["owner"], ["is", "is_not"], member),
        on(["owner"], ["in", "not_in"], st.lists(member, min_size=1, max_size=2)),
        on(["is_tax_exempt", "custom.vip"], ["is"], st.booleans()),
        on(CHOICE_FIELDS, ["is", "is_not"], CHOICES),
        on(CHOICE_FIELDS, ["in", "not_in"], st.lists(CHOICES, min_size=1, max_size=3)),
        on(["custom.price.currency"], ["is", "is_not"], st.sampled_from(["EUR", "usd"])),
        on(["custom.size"], ["eq", "ne", "lt", "gte"], FRACTIONS),
        on(NUMBER_FIELDS, ["eq", "ne", "lt", "lte", "gt", "gte"], NUMBERS),
        on(NUMBER_FIELDS, ["between"], st.lists(NUMBERS, min_size=2, max_size=2)),
        on(DAY_FIELDS, ["on", "before", "after"], DATES | PERIODS),
        on(DAY_FIELDS, ["between"], st.lists(DATES, min_size=2, max_size=2)),
        on(DAY_FIELDS, ["within"], PERIODS),
        st.builds(leaf, st.sampled_from(MAYBE_EMPTY), st.sampled_from(["empty", "not_empty"])),
    )  # fmt: skip


def filters(members: list[str]) -> st.SearchStrategy[Any]:
    def group(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        listed = st.lists(inner, min_size=1, max_size=3)
        return st.builds(lambda key, nodes: {key: nodes}, st.sampled_from(["and", "or"]), listed)

    inner = leaves(members)
    return inner | group(inner) | group(inner | group(inner))


def number(row: dict[str, Any]) -> str:
    return f"C-{row['account_number']:06d}"


def listed(client, query: str) -> list[str]:
    """The numbers of every page, in order."""
    found, address = [], f"{URL}?limit=7&ordering=account_number&{query}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        found += [row["account_number"] for row in response.json()["results"]]
        parts = urlsplit(response.json()["next"] or "")
        address = f"{parts.path}?{parts.query}" if parts.path else None
    return found


def exported(client, query: str) -> list[str]:
    response = client.get(f"{URL}export/?{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return sorted(row["account_number"] for row in csv.DictReader(io.StringIO(text)))


def test_list_count_export_bulk_and_oracle_agree(api_as, in_tenant, rows, world):
    client = api_as("alice")
    members = ["me", str(world["mia"].membership_id), str(world["alice"].membership_id)]
    oracle = Oracle(me=world["alice"].membership_id, zone=ZONE, today=TODAY)
    sizes = set()

    @settings(
        max_examples=160,
    )
    @given(filters(members))
    def check(node: dict[str, Any]) -> None:
        query = urlencode({"filter": json.dumps(node)})
        wanted = sorted(number(row) for row in rows if oracle.meets(row, node))
        assert listed(client, query) == wanted, node
        assert client.get(f"{URL}?limit=1&count=exact&{query}").json()["count"] == len(wanted)
        assert exported(client, query) == wanted
        # One too many, so that it says how many there are and does nothing.
        asked = {"action": "trash", "filter": node, "expected_count": len(wanted) + 1}
        assert client.post(f"{URL}bulk/", asked).json()["count"] == len(wanted)
        with in_tenant("alice"):
            assert apply_filter(Customer.objects.all(), CustomerFilters, node).count() == len(wanted)
        sizes.add(len(wanted))

    check()
    # Filters that all found everything, or nothing, would show little.
    assert len(sizes) > 12


def test_it_narrows_what_the_short_filters_leave(api_as, rows):
    node = json.dumps({"field": "owner", "op": "is_not", "value": "me"})
    found = [
        set(listed(api_as("alice"), query)) for query in ("stage=lead", "q=koln", urlencode({"filter": node}))
    ]
    together = urlencode({"stage": "lead", "q": "koln", "filter": node})
    assert set(listed(api_as("alice"), together)) == set.intersection(*found)
    assert 0 < len(set.intersection(*found)) < min(map(len, found))


def test_me_is_whoever_asks(api_as, rows, world):
    query = urlencode({"filter": json.dumps({"field": "owner", "op": "is", "value": "me"})})
    for name in ("alice", "mia"):
        wanted = [number(row) for row in rows if row["owner"] == world[name].membership_id]
        assert listed(api_as(name), query) == sorted(wanted)
        assert wanted


def test_instants_can_be_given_exactly(api_as, rows):
    for op, value, holds in (
        ("before", "2026-03-17T11:00:00Z", lambda at: at < INSTANTS[1]),
        ("after", "2026-03-17T12:00:00+01:00", lambda at: at > INSTANTS[1]),
        (
            "between",
            ["2026-03-17T11:00:00Z", "2026-03-18T11:00:00Z"],
            lambda at: INSTANTS[1] <= at <= INSTANTS[3],
        ),
    ):
        query = urlencode({"filter": json.dumps(leaf("created_at", op, value))})
        wanted = [number(row) for row in rows if holds(row["created_at"])]
        assert listed(api_as("alice"), query) == sorted(wanted)
