"""Candidates: whom the business knows already, with reasons that hold in both directions."""

import json
from itertools import combinations

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.actions.distinctions import tell_apart
from dott.modules.crm.actions.numbers import reserve_numbers
from dott.modules.crm.duplicates.candidates import find_candidates
from dott.modules.crm.duplicates.reasons import CODES, OFFERED, REASONS, WEIGHTS
from dott.modules.crm.duplicates.subjects import CUSTOMERS
from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, PersonFactory
from dott.platform.tenancy.router import MIGRATOR
from tests.round_trips import counted_round_trips

URL = "/api/crm/duplicates/candidates/"


def find(typed: dict[str, str], *, kind: str = "business", of=None) -> dict[str, dict[str, int]]:
    """Name → the reasons with their weights, the likeliest first."""
    found = find_candidates(CUSTOMERS, typed, kind=kind, of=of, limit=20)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert one.score == sum(WEIGHTS[code] for code in one.reasons) >= OFFERED
    return {one.shown["display_name"]: {code: WEIGHTS[code] for code in one.reasons} for one in found}


@pytest.fixture
def bakery(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(
            business_name="Müller & Söhne GmbH", email="info@mueller-soehne.example", phone="+4989123456",
            website="https://www.mueller-soehne.example/laden", tax_id="DE 123.456.789", external_id="X-1",
            billing_line1="Hauptstr. 1", billing_postal_code="80331", billing_city="München",
        )  # fmt: skip


FOUND = [
    ({"business_name": "müller und söhne"}, ["same_name"]),
    ({"business_name": "MULLER SOHNE AG"}, ["same_name"]),
    ({"business_name": "Mueller & Soehne"}, ["alike_name"]),
    ({"business_name": "Müler Söhne"}, ["alike_name"]),
    ({"business_name": "Müllre Söhne"}, ["alike_name"]),
    ({"business_name": "Müll"}, ["name_begins"]),
    ({"email": "INFO@mueller-soehne.example"}, ["email", "domain"]),
    ({"email": "chef@mueller-soehne.example"}, ["domain"]),
    ({"website": "mueller-soehne.example"}, ["domain"]),
    ({"phone": "+49 89 123456"}, ["phone"]),
    ({"phone": "089/123456", "billing_country": "DE"}, ["phone"]),
    ({"tax_id": "de123456789"}, ["tax_id"]),
    ({"external_id": "X-1"}, ["external_id"]),
    (
        {"business_name": "Müller Söhne", "billing_line1": "Hauptstr 1", "billing_postal_code": "80331"},
        ["same_name", "address"],
    ),
    ({"business_name": "Müller Söhne", "billing_city": "MUNCHEN"}, ["same_name", "city"]),
    ({"business_name": "Müller Söhne", "tax_id": "DE1", "email": "info@mueller-soehne.example"},
     ["email", "same_name", "domain", "other_tax_id"]),
    # What says too little, or nothing.
    ({"business_name": "Mü"}, []),
    ({"business_name": "GmbH"}, []),
    ({"billing_city": "München"}, []),
    ({"phone": "123"}, []),
    ({"email": "info@"}, []),
    ({"external_id": "x-1"}, []),
    ({"business_name": "Meier"}, []),
    ({}, []),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "codes"), FOUND, ids=[str(typed) for typed, _ in FOUND])
def test_what_is_typed_finds_the_customer_with_its_reasons(bakery, in_tenant, typed, codes):
    with in_tenant("alice"):
        found = find(typed)
    assert found == ({"Müller & Söhne GmbH": {code: WEIGHTS[code] for code in codes}} if codes else {})


def test_a_person_is_found_whichever_way_round_the_name_is(in_tenant):
    with in_tenant("alice"):
        PersonFactory(first_name="Ayşe", last_name="Yıldız")
        for first, last in (("ayse", "yildiz"), ("Yıldız", "Ayşe")):
            found = find({"first_name": first, "last_name": last}, kind="person")
            assert found == {"Ayşe Yıldız": {"same_name": 40}}


def test_what_thousands_share_is_no_reason(in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="Acme", email="acme@gmail.com", website="https://facebook.com/acme")
        assert find({"email": "zed@gmail.com"}) == {}
        assert find({"website": "https://www.facebook.com/zed"}) == {}


def test_other_numbers_in_a_name_make_another_name(in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="Supermarkt Filiale 12")
        assert find({"business_name": "Supermarkt Filiale 13"}) == {}
        assert find({"business_name": "Supermarkt Filialen 12"}).keys() == {"Supermarkt Filiale 12"}


def test_the_trash_and_other_businesses_are_left_out(bakery, in_tenant, api_as):
    query = {"business_name": "Müller Söhne", "tax_id": "DE123456789"}
    assert api_as("bob").get(URL, query).json() == {"results": []}
    api_as("alice").delete(f"/api/crm/customers/{bakery.pk}/", HTTP_IF_MATCH="*")
    assert api_as("alice").get(URL, query).json() == {"results": []}


def test_what_a_candidate_says(bakery, api_as):
    (found,) = (
        api_as("vera")
        .get(URL, {"business_name": "Müller Söhne", "website": "mueller-soehne.example"})
        .json()["results"]
    )
    assert found == {
        "id": str(bakery.pk), "account_number": bakery.account_number, "kind": "business",
        "display_name": "Müller & Söhne GmbH", "email": "info@mueller-soehne.example", "phone": "+4989123456",
        "billing_city": "München", "score": 60,
        "reasons": [{"code": "same_name", "weight": 40}, {"code": "domain", "weight": 20}],
    }  # fmt: skip


def test_of_a_customer_that_is_there_its_own_values_count(bakery, in_tenant, api_as):
    with in_tenant("alice"):
        double = CustomerFactory(business_name="Mueller Söhne", tax_id="DE123456789")
    alice = api_as("alice")
    (found,) = alice.get(URL, {"id": str(double.pk)}).json()["results"]
    assert (found["id"], found["score"]) == (str(bakery.pk), 90)
    # What is typed meanwhile is compared in place of what is saved.
    typed = {"id": str(double.pk), "business_name": "Zed"}
    assert alice.get(URL, typed).json()["results"] == []
    with in_tenant("alice") as context:
        tell_apart(actor=context, one=double, other=bakery)
    assert alice.get(URL, {"id": str(double.pk)}).json()["results"] == []
    assert len(alice.get(URL, {"tax_id": "DE123456789"}).json()["results"]) == 2


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ({"id": "x"}, "id", "invalid"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "does_not_exist"),
        ({"kind": "deal"}, "kind", "invalid_choice"),
        ({"business_name": "x" * 256}, "business_name", "max_length"),
        ({"email": "x\x00"}, "email", "null_characters_not_allowed"),
        ({"notes": "x"}, "notes", "unknown_parameter"),
    ],
)
def test_what_is_refused(api_as, query, name, code):
    response = api_as("alice").get(URL, query)
    assert response.status_code == 400, response.content
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"]) == (name, code)


def test_another_business_s_customer_is_no_customer(bakery, api_as):
    response = api_as("bob").get(URL, {"id": str(bakery.pk)})
    assert response.json()["errors"][0]["code"] == "does_not_exist"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_it_costs_one_statement_and_one_more_for_a_customer_that_is_there(bakery, api_as):
    vera = api_as("vera")
    for query, budget in (({"business_name": "Müller"}, 3), ({"id": str(bakery.pk)}, 4), ({}, 2)):
        vera.get(URL, query)
        with counted_round_trips() as cost:
            vera.get(URL, query)
        assert cost.total == budget, cost


# Few letters, so that names, domains and numbers meet.
_TEXT = st.text(alphabet="abmM ", max_size=8).map(str.strip)
_NAMES = ["Abam", "Abam GmbH", "Abam Bau", "Aabm Bau", "Abam Bauer", "Bau Abam", "Abam 1", "Abam 12"]
_PARTY = st.fixed_dictionaries(
    {
        "business_name": st.sampled_from(_NAMES)
        | st.text(alphabet="abmM1 ", min_size=3, max_size=10).map(str.strip).filter(bool),
        "email": st.sampled_from(["", "a@ab.example", "b@ab.example", "a@gmail.com"]),
        "phone": st.sampled_from(["", "+4989123456", "+4989123457"]),
        "website": st.sampled_from(["", "https://ab.example", "https://x.ab.example"]),
        "tax_id": st.sampled_from(["", "1", "2"]),
        "billing_line1": st.sampled_from(["", "Road 1"]),
        "billing_postal_code": st.sampled_from(["", "1"]),
        "billing_city": _TEXT,
    }
)


@settings(max_examples=60)
@given(st.lists(_PARTY, min_size=2, max_size=5))
def test_reasons_hold_in_both_directions(in_tenant, parties):
    """Each finds the other for the same reasons, and as typed the same as saved."""
    with in_tenant("alice"):
        made = [CustomerFactory(**party) for party in parties]
        found = {}
        for one in made:
            values = {name: getattr(one, name) for name in CUSTOMERS.compared}
            found[one.pk] = {
                other.id: (other.score, other.reasons)
                for other in find_candidates(CUSTOMERS, values, kind="business", of=one.pk, limit=100)
            }
        for one, other in combinations(made, 2):
            assert found[one.pk].get(other.pk) == found[other.pk].get(one.pk)
            assert one.pk not in found[one.pk]
        Customer.objects.all().delete()


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(CUSTOMERS.compared),
        st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80),
    )
)
def test_no_text_breaks_it(bakery, in_tenant, typed):
    with in_tenant("alice"):
        for kind in ("business", "person"):
            assert len(find_candidates(CUSTOMERS, typed, kind=kind, limit=5)) <= 5


def test_every_reason_has_a_code_of_its_own_and_weighs_something():
    assert len(set(CODES)) == len(REASONS)
    assert all(-100 <= reason.weight <= 100 and reason.weight for reason in REASONS)


_SEED = """
INSERT INTO crm_customer (number, business_name, email, phone, website, tax_id, external_id)
SELECT %(first)s + n, 'Business ' || md5(n::text), 'mail' || n || '@example' || n || '.com',
       '+4930' || (1000000 + n), 'https://www.site' || n || '.example', 'DE' || n, 'X' || n
  FROM generate_series(0, %(rows)s - 1) AS n
"""
EXPECTED = {
    "crm_customer_by_name", "crm_customer_by_email", "crm_customer_same_sound", "crm_customer_same_phone",
    "crm_customer_same_tax", "crm_customer_same_domain", "customer_external_id_is_unique",
    "crm_customer_pkey",
}  # fmt: skip


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_no_way_to_a_candidate_reads_the_business(in_tenant, api_as):
    """Every key is looked up in an index that begins with the tenant."""
    for person in ("alice", "bob"):
        with in_tenant(person), connection.cursor() as cursor:
            cursor.execute(_SEED, {"first": reserve_numbers(6_000)[0], "rows": 6_000})
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    query = {
        "business_name": "Business c4ca4238a0b923820dcc509a6f75849b", "email": "mail1@example1.com",
        "phone": "+49301000001", "website": "https://site1.example", "tax_id": "DE1", "external_id": "X1",
    }  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        (found,) = api_as("alice").get(URL, query).json()["results"]
    assert found["score"] == 100 + 60 + 50 + 40 + 40 + 20
    (sql,) = (one["sql"] for one in queries if "crm_customer" in one["sql"])
    with in_tenant("alice"), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    (root,) = plan if isinstance(plan, list) else json.loads(plan)
    used, scans = set(), []
    for node in _nodes(root["Plan"]):
        if node["Node Type"] == "Seq Scan":
            scans.append(node["Relation Name"])
        if "Index Name" in node:
            used.add(node["Index Name"])
            assert "tenant_id = " in node["Index Cond"], node
    assert "crm_customer" not in scans
    assert used >= EXPECTED


def _nodes(node):
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)
