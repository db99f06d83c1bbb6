"""Lists as a client sees them. Customers stand for every resource."""

from datetime import date, timedelta

import pytest
from django.db.models import Model
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.api.pagination import COUNT_CAP

URL = "/api/crm/customers/"


@pytest.fixture
def customers(in_tenant) -> list[Model]:
    """23 customers with repeated countries, stages, instants and NULL dates."""
    moment = timezone.now()
    with in_tenant("alice"):
        made = [
            CustomerFactory(
                billing_country=["DE", "FR", ""][n % 3],
                stage=["lead", "customer"][n % 2],
                is_tax_exempt=True,
                tax_exempt_expires_on=None if n % 4 else date(2027, 1, 1 + n),
            )
            for n in range(23)
        ]
        for n, customer in enumerate(made):
            # Three at the same microsecond, so that only the id tells them apart.
            Customer.objects.filter(pk=customer.pk).update(created_at=moment - timedelta(microseconds=n // 3))
    return made


def walk(client, url: str, link: str = "next") -> list[list[str]]:
    pages = []
    while url:
        body = client.get(url).json()
        pages.append([row["id"] for row in body["results"]])
        url = body[link]
        assert len(pages) < 50
    return pages


@pytest.mark.parametrize(
    "ordering",
    [
        "created_at",
        "-created_at",
        "country",
        "-country,name",
        "stage,-created_at",
        "-stage,country,-name",
        "name",
    ],
)
@pytest.mark.parametrize("limit", [1, 4, 200])
def test_pages_neither_repeat_nor_skip_nor_reorder(
    api_as, customers, in_tenant, ordering: str, limit: int
) -> None:
    client = api_as("alice")
    columns = {"name": "name_key", "country": "billing_country"}
    keys = [
        part.replace(part.lstrip("-"), columns.get(part.lstrip("-"), part.lstrip("-")))
        for part in ordering.split(",")
    ]
    last = "-id" if ordering.rsplit(",", maxsplit=1)[-1].startswith("-") else "id"
    with in_tenant("alice"):
        expected = [str(id_) for id_ in Customer.objects.order_by(*keys, last).values_list("pk", flat=True)]
    pages = walk(client, f"{URL}?ordering={ordering}&limit={limit}&fields=id")
    assert [id_ for page in pages for id_ in page] == expected
    assert all(len(page) == limit for page in pages[:-1])


def test_the_way_back_is_the_way_there(api_as, customers) -> None:
    client = api_as("alice")
    forward, url = [], f"{URL}?ordering=-country,created_at&limit=5"
    while url:
        body = client.get(url).json()
        forward.append(body)
        url = body["next"]
    backward = [forward[-1]]
    while backward[-1]["previous"]:
        backward.append(client.get(backward[-1]["previous"]).json())
    assert [page["results"] for page in reversed(backward)] == [page["results"] for page in forward]
    assert backward[-1]["previous"] is None
    assert forward[-1]["next"] is None


@pytest.mark.parametrize("ordering", ["expires", "-expires"])
def test_rows_without_a_value_are_paged_too(api_as, customers, in_tenant, monkeypatch, ordering: str) -> None:
    from dott.modules.crm.api.customers import CustomerViewSet

    monkeypatch.setitem(CustomerViewSet.orderings, "expires", "tax_exempt_expires_on")
    column = ordering.replace("expires", "tax_exempt_expires_on")
    with in_tenant("alice"):
        tie = "-id" if ordering.startswith("-") else "id"
        expected = [str(id_) for id_ in Customer.objects.order_by(column, tie).values_list("pk", flat=True)]
    pages = walk(api_as("alice"), f"{URL}?ordering={ordering}&limit=3")
    assert [id_ for page in pages for id_ in page] == expected
    assert len(expected) == 23


def test_rows_that_arrive_while_paging_disturb_nobody(api_as, customers, in_tenant) -> None:
    client = api_as("alice")
    first = client.get(f"{URL}?ordering=name&limit=5").json()
    with in_tenant("alice"):
        CustomerFactory(business_name="!first of all")
        Customer.objects.filter(pk=first["results"][-1]["id"]).update(deleted_at=timezone.now())
    rest = walk(client, first["next"])
    seen = [row["id"] for row in first["results"]] + [id_ for page in rest for id_ in page]
    assert seen == [str(customer.pk) for customer in customers]


def test_when_every_row_is_gone_the_way_leads_back_to_the_start(api_as, customers, in_tenant) -> None:
    client = api_as("alice")
    first = client.get(f"{URL}?ordering=name&limit=5").json()
    with in_tenant("alice"):
        Customer.objects.update(deleted_at=timezone.now())
    page = client.get(first["next"]).json()
    assert page == {"results": [], "next": None, "previous": f"{URL}?ordering=name&limit=5"}


def test_links_stay_below_the_public_origin_and_keep_the_question(api_as, customers) -> None:
    body = api_as("alice").get(f"{URL}?stage=lead&limit=2&ordering=-name").json()
    assert body["next"].startswith(f"{URL}?stage=lead&limit=2&ordering=-name&cursor=")


@pytest.mark.parametrize("count", ["exact", "capped"])
def test_a_count_is_exact_while_it_is_small(api_as, customers, count: str) -> None:
    body = api_as("alice").get(f"{URL}?count={count}&limit=1&stage=lead").json()
    assert (body["count"], body["count_is_exact"]) == (12, True)


def test_a_capped_count_stops(api_as, customers, monkeypatch) -> None:
    monkeypatch.setattr("dott.platform.api.pagination.COUNT_CAP", 20)
    capped = api_as("alice").get(f"{URL}?count=capped&limit=1").json()
    assert (capped["count"], capped["count_is_exact"]) == (20, False)
    exact = api_as("alice").get(f"{URL}?count=exact&limit=1").json()
    assert (exact["count"], exact["count_is_exact"]) == (23, True)
    assert COUNT_CAP == 1000


def test_no_count_unless_asked_for(api_as, customers) -> None:
    assert set(api_as("alice").get(URL).json()) == {"results", "next", "previous"}


def test_fields_limit_what_is_answered(api_as, customers) -> None:
    body = api_as("alice").get(f"{URL}?fields=id,display_name&limit=2").json()
    assert [set(row) for row in body["results"]] == [{"id", "display_name"}] * 2


def test_many_values_and_ranges(api_as, customers) -> None:
    client = api_as("alice")
    assert len(client.get(f"{URL}?stage__in=lead,customer&billing_country=DE").json()["results"]) == 8
    assert client.get(f"{URL}?created_at__lt=2020-01-01T00:00:00Z").json()["results"] == []
    for zone in ("%2B02:00", "-20:55", "%2B23:59", ""):
        after = client.get(f"{URL}?created_at__gte=2020-01-01T00:00:00{zone}")
        assert len(after.json()["results"]) == 23


@pytest.mark.asvs("15.3.7")
@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("limit=0", "limit", "invalid_limit"),
        ("limit=201", "limit", "invalid_limit"),
        ("limit=-1", "limit", "invalid_limit"),
        ("limit=", "limit", "invalid_limit"),
        ("limit=٣", "limit", "invalid_limit"),
        ("limit=999999999999999999999", "limit", "invalid_limit"),
        ("count=yes", "count", "invalid_choice"),
        ("cursor=x", "cursor", "invalid_cursor"),
        ("ordering=password", "ordering", "unknown_ordering"),
        ("ordering=name,name", "ordering", "repeated_ordering"),
        ("fields=id,secret", "fields", "unknown_field"),
        ("fields=", "fields", "unknown_field"),
        ("nonsense=1", "nonsense", "unknown_parameter"),
        ("stage__contains=x", "stage__contains", "unknown_parameter"),
        ("tenant_id=1", "tenant_id", "unknown_parameter"),
        ("stage=lead&stage=customer", "stage", "duplicate_parameter"),
        ("limit=1&limit=2", "limit", "duplicate_parameter"),
        ("stage=stranger", "stage", "invalid_choice"),
        ("stage__in=lead,stranger", "stage__in", "invalid_choice"),
        ("owner=nobody", "owner", "invalid"),
        ("created_at__gte=yesterday", "created_at__gte", "invalid"),
        ("created_at__gte=0001-01-01T00:00:00%2B10:00", "created_at__gte", "invalid"),
        ("created_at__lt=9999-12-31T23:59:59-10:00", "created_at__lt", "invalid"),
        ("trashed=maybe", "trashed", "invalid"),
        ("source=%00", "source", "null_characters_not_allowed"),
        ("source__in=" + ",".join("a" * 101), "source__in", "too_many_values"),
        ("q=" + "x" * 201, "q", "max_length"),
        ("format=xml", "format", "unknown_parameter"),
    ],
)
def test_a_query_that_would_be_guessed_at_is_refused_by_name(
    api_as, query: str, parameter: str, code: str
) -> None:
    response = api_as("alice").get(f"{URL}?{query}")
    assert response.status_code == 400, response.content
    body = response.json()
    assert body["errors"][0]["parameter"] == parameter
    assert body["errors"][0]["code"] == body["code"] == code


def test_a_cursor_opens_only_the_list_that_gave_it(api_as, customers, in_tenant) -> None:
    cursor = api_as("alice").get(f"{URL}?limit=2").json()["next"].partition("cursor=")[2]
    assert api_as("alice").get(f"{URL}?limit=7&cursor={cursor}").status_code == 200
    for client, query in (
        (api_as("bob"), f"cursor={cursor}"),
        (api_as("alice"), f"ordering=name&cursor={cursor}"),
        (api_as("alice"), f"stage=lead&cursor={cursor}"),
        (api_as("alice"), f"cursor={cursor[:-1]}"),
    ):
        response = client.get(f"{URL}?{query}")
        assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor"), query
