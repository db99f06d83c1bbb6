"""Lists of customers: filters, orders, pages."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, PersonFactory

URL = "/api/crm/customers/"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


def names(client, query: str = "") -> list[str]:
    response = client.get(f"{URL}?ordering=account_number&{query}")
    assert response.status_code == 200, response.json()
    return [row["display_name"] for row in response.json()["results"]]


@pytest.fixture
def people(in_tenant, world):
    """A: everything set. B: other values. C: a person with defaults only."""
    with in_tenant("alice"):
        CustomerFactory(
            business_name="A", stage="lead", status="blocked", owner_id=world["alice"].membership_id,
            billing_country="DE", billing_city="Köln", source="Fair", industry="Food",
            created_at=EPOCH, updated_at=EPOCH,
        )  # fmt: skip
        CustomerFactory(
            business_name="B", stage="prospect", status="inactive", owner_id=world["mia"].membership_id,
            billing_country="FR", billing_city="Lyon", source="Web", industry="Law",
            created_at=EPOCH + timedelta(days=1), updated_at=EPOCH + timedelta(days=1),
        )  # fmt: skip
        PersonFactory(
            last_name="C", created_at=EPOCH + timedelta(days=2), updated_at=EPOCH + timedelta(days=2)
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ABC"),
        ("kind=person", "C"), ("kind=business", "AB"), ("kind__in=person,business", "ABC"),
        ("stage=lead", "A"), ("stage__in=lead,customer", "AC"),
        ("status=blocked", "A"), ("status__in=inactive,active", "BC"),
        ("owner=me", "A"), ("owner=", "ABC"),
        ("billing_country=DE", "A"), ("billing_country__in=DE,FR,US", "AB"),
        ("billing_city=köln", "A"), ("billing_city=KOLN", "A"), ("billing_city=Kol", ""),
        ("billing_city__in=KÖLN,lyon", "AB"),
        ("source=Fair", "A"), ("source__in=Fair,Web", "AB"), ("source=fair", ""),
        ("industry=Law", "B"), ("industry__in=Law", "B"),
        ("created_at__gte=2026-01-02T00:00:00Z", "BC"), ("created_at__lt=2026-01-02T00:00:00Z", "A"),
        ("created_at__gte=2026-01-02T00:00:00Z&created_at__lt=2026-01-03T00:00:00Z", "B"),
        ("updated_at__gte=2026-01-03T00:00:00Z", "C"), ("updated_at__lt=2026-01-01T00:00:00Z", ""),
        ("stage=lead&billing_country=FR", ""), ("stage=lead&billing_country=DE", "A"),
        ("trashed=true", ""), ("trashed=false", "ABC"),
    ],
)  # fmt: skip
def test_filters(alice, people, query, found):
    assert "".join(names(alice, query)) == found


def test_owners_are_found_by_id(alice, people, world):
    alice_id, mia_id = world["alice"].membership_id, world["mia"].membership_id
    assert names(alice, f"owner={mia_id}") == ["B"]
    assert names(alice, f"owner__in={mia_id},{alice_id}") == ["A", "B"]
    assert names(alice, "owner__in=me") == ["A"]
    assert names(alice, f"owner={world['bob'].membership_id}") == []


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("stage=winner", "stage", "invalid_choice"),
        ("stage__in=lead,winner", "stage__in", "invalid_choice"),
        ("owner=you", "owner", "invalid"),
        ("created_at__gte=yesterday", "created_at__gte", "invalid"),
        ("trashed=yes", "trashed", "invalid"),
        ("email=a@example.com", "email", "unknown_parameter"),
        ("notes__contains=x", "notes__contains", "unknown_parameter"),
        ("owner__user=1", "owner__user", "unknown_parameter"),
        ("stage=lead&stage=other", "stage", "duplicate_parameter"),
        ("ordering=notes", "ordering", "unknown_ordering"),
        ("ordering=name_key", "ordering", "unknown_ordering"),
        ("q=" + "x" * 201, "q", "max_length"),
    ],
)
def test_what_is_not_offered_is_refused_by_name(alice, query, parameter, code):
    response = alice.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert [(e["parameter"], e["code"]) for e in response.json()["errors"]] == [(parameter, code)]


# --- orders and pages --------------------------------------------------------------------------------

ORDERS = {
    "name": "name_key", "account_number": "number", "created_at": "created_at",
    "updated_at": "updated_at", "email": "email_key", "city": "city_key",
    "country": "billing_country", "stage": "stage",
}  # fmt: skip


@pytest.fixture
def many(in_tenant):
    """23 customers with ties in every column, empty values in some."""
    with in_tenant("alice"):
        for index in range(23):
            CustomerFactory(
                business_name=["Äpfel", "apfel", "Birne", "ärger"][index % 4],
                email=["", "B@example.com", "a@example.com"][index % 3],
                billing_city=["", "Åbo", "Berlin"][index % 3],
                billing_country=["", "SE", "DE"][index % 3],
                stage=["lead", "customer"][index % 2],
                created_at=EPOCH + timedelta(hours=index % 5),
                updated_at=EPOCH + timedelta(hours=index % 5),
            )


def expected(in_tenant, column: str, *, descending: bool) -> list[str]:
    """The order by Python: the key compares by code point, ties by id, everything turned round for -."""
    with in_tenant("alice"):
        rows = list(Customer.objects.values_list(column, "id"))
    return [str(id_) for _, id_ in sorted(rows, key=lambda row: (row[0], row[1]), reverse=descending)]


def walk(client, query: str, link: str = "next") -> list[str]:
    found, url = [], f"{URL}?{query}"
    while url:
        body = client.get(url).json()
        ids = [row["id"] for row in body["results"]]
        found = [*found, *ids] if link == "next" else [*ids, *found]
        parts = urlsplit(body[link]) if body[link] else None
        url = f"{parts.path}?{parts.query}" if parts else None
    return found


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("name", "limit"), [*((name, 7) for name in ORDERS), ("name", 1), ("name", 23), ("created_at", 22)]
)
def test_pages_hold_every_row_once_in_order(alice, many, in_tenant, name, limit, sign):
    wanted = expected(in_tenant, ORDERS[name], descending=sign == "-")
    assert walk(alice, f"ordering={sign}{name}&limit={limit}") == wanted


@pytest.mark.parametrize("ordering", ["name", "-city", "stage,-email", "-country,name"])
def test_pages_lead_back_the_same_way(alice, many, ordering):
    forwards = walk(alice, f"ordering={ordering}&limit=5")
    body = alice.get(f"{URL}?ordering={ordering}&limit=5").json()
    while body["next"]:
        body = alice.get(body["next"]).json()
    last = [row["id"] for row in body["results"]]
    parts = urlsplit(body["previous"])
    before = walk(alice, parts.query, link="previous")
    assert before + last == forwards


def test_the_usual_order_is_newest_first(alice, many, in_tenant):
    assert walk(alice, "limit=7") == expected(in_tenant, "created_at", descending=True)


def test_names_are_ordered_as_people_read_them(alice, in_tenant):
    with in_tenant("alice"):
        for name in ("Zebra", "ähre", "Apfel", "Øl", "olive"):
            CustomerFactory(business_name=name)
    ordered = alice.get(f"{URL}?ordering=name").json()["results"]
    assert [row["display_name"] for row in ordered] == ["ähre", "Apfel", "Øl", "olive", "Zebra"]


@pytest.mark.parametrize("kind", ["capped", "exact"])
def test_a_count_is_of_the_filtered_list(alice, many, kind):
    body = alice.get(f"{URL}?stage=lead&limit=2&count={kind}").json()
    assert (body["count"], body["count_is_exact"], len(body["results"])) == (12, True, 2)


def test_a_list_says_nothing_about_counts_unasked(alice, many):
    assert set(alice.get(URL).json()) == {"results", "next", "previous"}


def test_lists_hold_only_the_own_business(alice, many, api_as, in_tenant):
    with in_tenant("bob"):
        CustomerFactory(business_name="Bob's")
    assert len(walk(alice, "limit=10")) == 23
    assert [row["display_name"] for row in api_as("bob").get(URL).json()["results"]] == ["Bob's"]
