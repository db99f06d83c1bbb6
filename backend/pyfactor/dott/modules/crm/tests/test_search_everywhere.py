"""GET /api/search/: whoever types some of it finds the record, and the one she means stands first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.finder import statement
from dott.modules.crm.finder.find import find
from dott.modules.crm.finder.kinds import KINDS
from dott.modules.crm.finder.statement import Statement
from dott.modules.crm.finder.trigrams import indexed_parts
from dott.modules.crm.finder.typed import Typed
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    DealFactory,
    PersonFactory,
    StageFactory,
)
from dott.platform.tenancy.context import current

URL = "/api/search/"


@pytest.fixture
def records(in_tenant):
    """Two customers, a contact of one, a deal with one, a note about the deal."""
    with in_tenant("alice"):
        bakery = CustomerFactory(
            number=42, business_name="Kölner Straßenbäckerei", email="info@baeckerei.example",
            phone="+4922145669012", billing_city="Köln",
        )  # fmt: skip
        person = PersonFactory(number=7, first_name="Ayşe", last_name="Yıldız", billing_city="Bonn")
        contact = ContactFactory(
            first_name="Jean-Luc", last_name="O'Brien", job_title="Baker", email="jl@example.org",
            phone="+33199005512",
        )  # fmt: skip
        CustomerContactFactory(customer=bakery, contact=contact, is_primary=True)
        deal = DealFactory(number=42, name="Two ovens", customer=bakery, stage=StageFactory(name="Offer"))
        note = ActivityFactory(
            kind="note", subject="", body="They want **green** ovens", customer=bakery, deal=deal
        )
        return {
            "bakery": bakery.pk, "person": person.pk, "contact": contact.pk, "deal": deal.pk, "note": note.pk,
        }  # fmt: skip


def _found(records, found) -> list[str]:
    names = {pk: name for name, pk in records.items()}
    return [names[hit.id] for group in found.groups for hit in group.hits]


FOUND = [
    # any kind, any part, any case, with or without accents
    ("koln", ["bakery"]), ("STRASSEN", ["bakery"]), ("bäckerei", ["bakery"]), ("obrien", ["contact"]),
    ("yildiz", ["person"]), ("ayse y", ["person"]), ("jean", ["contact"]), ("brien luc", ["contact"]),
    ("baker", ["contact"]), ("ovens", ["deal", "note"]), ("green", ["note"]), ("wo ov", []),
    # e-mail
    ("info@baeckerei.example", ["bakery"]), ("jl@", ["contact"]), ("example.org", ["contact"]),
    # phone digits in any format
    ("0221 456-690-12", ["bakery"]), ("+49 (0)221 45669012", ["bakery"]), ("01 99 00 55 12", ["contact"]),
    ("+4", ["bakery", "deal"]), ("+49", ["bakery"]), ("+33", ["contact"]), ("+9", []),
    # numbers, of one kind or of any
    ("C-000042", ["bakery"]), ("d-42", ["deal"]), ("C-00004", ["bakery"]), ("c-00000", ["person"]),
    ("C-", ["person", "bakery"]), ("c-0", ["person", "bakery"]), ("d-", ["deal"]), ("d-0001", []),
    ("42", ["bakery", "deal"]), ("#42", ["bakery", "deal"]),
    # a typing error
    ("koelner", ["bakery"]), ("yidliz", ["person"]), ("straßenbäkerei", ["bakery"]),
    ("ovnes", ["deal", "note"]), ("gren", ["note"]),
    # nothing
    ("", []), ("   ", []), ("qqqq", []), ("%", []), ("\\", []), ("_", []), ("\x00", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[repr(text) for text, _ in FOUND])
def test_search_finds(records, in_tenant, text, names):
    with in_tenant("alice"):
        assert _found(records, find(text, limit=5)) == names


def test_what_is_typed_whole_is_an_exact_hit(records, in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="C-000042 Ltd", external_id="4922145669012")
        for text in ("C-000042", "INFO@baeckerei.example", "+49 (0)221 456 690 12"):
            (hit, *_others) = find(text, limit=5).groups[0].hits
            assert (hit.id, hit.rank) == (records["bakery"], statement.EXACT), text


def test_a_number_begun_comes_before_a_text_with_it_and_after_a_name(in_tenant):
    with in_tenant("alice"):
        piece = CustomerFactory(number=7, business_name="Model XC-0001")
        many = [CustomerFactory(number=number) for number in (199, 110, 1_000_100)]
        name = CustomerFactory(number=8, business_name="C-0001 Ltd")
        (group,) = find("c-0001", limit=5).groups
        assert [hit.id for hit in group.hits] == [name.pk, many[1].pk, many[0].pk, piece.pk]
        (group,) = find("#c-10001", limit=5, only="numbers").groups
        assert [hit.id for hit in group.hits] == [many[2].pk]


def test_a_typing_error_is_only_assumed_when_nothing_matches(records, in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="Yidliz")
        found = find("yidliz", limit=5)
        assert [hit.title for group in found.groups for hit in group.hits] == ["Yidliz"]
        assert not found.is_alike
        assert find("straßenbäkerei", limit=5).is_alike


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # one word is right
        ("machines leipzgi", ["Leipzig Machines"]), ("leipzig machnes", ["Leipzig Machines"]),
        # each is somewhere, but not both: one of them is wrong
        ("maria bauer", ["Mario Bauer"]),
        # none is right
        ("machinse leipzigg", ["Leipzig Machines"]),
        # a short word and a number are taken at their word
        ("leipizg ma", ["Leipzig Machines"]), ("leipizg xy", []),
        ("bakrey 77", ["Bakery 77"]), ("bakrey 78", []),
    ],
)  # fmt: skip
def test_a_typing_error_in_one_of_several_words(in_tenant, text, names):
    with in_tenant("alice"):
        for name in ("Leipzig Machines", "Machines Ltd", "Maria Becker", "Mario Bauer", "Bakery 77"):
            CustomerFactory(business_name=name)
        found = find(text, limit=5)
        assert sorted(hit.title for group in found.groups for hit in group.hits) == names
        assert found.is_alike == bool(names)


def test_the_best_stand_first(in_tenant):
    with in_tenant("alice"):
        piece = CustomerFactory(business_name="Unterberger")
        word = CustomerFactory(business_name="Hotel Berger")
        city = CustomerFactory(business_name="Wirt", billing_city="Bergen")
        begins = CustomerFactory(business_name="Berger & Co")
        inactive = CustomerFactory(business_name="Bergers", status="inactive")
        exact = CustomerFactory(business_name="Berge")
        (group,) = find("berge", limit=10).groups
        ranks = {hit.id: hit.rank for hit in group.hits}
        assert [hit.id for hit in group.hits] == [
            exact.pk, begins.pk, inactive.pk, city.pk, word.pk, piece.pk,
        ]  # fmt: skip
        assert ranks[exact.pk] == 0
        assert ranks[begins.pk] == ranks[inactive.pk] == 1
        assert ranks[city.pk] == ranks[word.pk] == 2
        assert ranks[piece.pk] == 3


def test_the_group_with_the_best_hit_stands_first(in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="New roof tiles")
        DealFactory(name="Roof", customer=CustomerFactory(business_name="Zed"))
        assert [group.kind for group in find("roof", limit=5).groups] == ["deal", "customer"]


def test_rare_words_are_found_beyond_the_records_changed_last(in_tenant, monkeypatch):
    monkeypatch.setattr(statement, "RECENT", 3)
    with in_tenant("alice"):
        old = CustomerFactory(business_name="Hotel Zebra")
        CustomerFactory.create_batch(5)
        new = CustomerFactory(business_name="Café Zebra")
        (group,) = find("zebra", limit=5).groups
        assert [hit.id for hit in group.hits] == [new.pk, old.pk]


# What is typed → how often the index of texts is asked, of customers alone, where all recent ones are new.
ASKED = {
    # found among the recent ones, or by another index
    "business": 0, "business 1": 0, "c-": 0, "c-0": 0, "c-00": 0, "0": 0, "77": 0, "+4": 0, "+49": 0,
    # Each has a word that begins so for pg_trgm, and none for us.
    "example": 0, "exam": 0, "@example": 0, "00": 0,
    # rare
    "zebra": 1, "zeb": 1, "c-0000": 1, "bra": 1, "zebra hotel": 1, "mail7@zoo": 1,
}  # fmt: skip


@pytest.fixture
def crowd(in_tenant):
    """Many more customers than count as recent, and one from before."""
    with in_tenant("alice"):
        old = CustomerFactory(business_name="Hotel Zebra", email="mail7@zoo.org")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO crm_customer (number, business_name, email, phone, updated_at)"
                " SELECT 100000 + n, 'Business ' || n, 'mail' || n || '@x.example', '+4930' || 1000000 + n,"
                " now() + n * interval '1 second' FROM generate_series(1, 2000) AS n"
            )
        return old.pk


def _read_tables(node, name="") -> set[str]:
    """Names of the tables of candidates for which customers were read."""
    name = node.get("Subplan Name", name)
    found = {name} if node.get("Relation Name") == "crm_customer" and node["Actual Loops"] else set()
    found |= {one for child in node.get("Plans", []) for one in _read_tables(child, name)}
    return {one for one in found if one.endswith("_all")}


def test_the_index_is_not_asked_for_what_it_cannot_tell_apart(crowd, in_tenant):
    with in_tenant("alice"), connection.cursor() as cursor:
        asked = {}
        for text in ASKED:
            made = Statement(Typed.read(text), tenant=current().tenant_id, limit=5)
            made.add(KINDS[0])
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {made.sql}", made.params)
            asked[text] = len(_read_tables(cursor.fetchone()[0][0]["Plan"]))
        assert asked == ASKED


def test_rare_words_are_found_in_a_crowd(crowd, in_tenant):
    with in_tenant("alice"):
        for text in ("zebra", "ebra", "hotel z", "mail7@zoo", "zebar"):
            assert [hit.id for hit in find(text, limit=5).groups[0].hits] == [crowd], text


def test_a_group_says_when_there_are_more(in_tenant, api_as):
    with in_tenant("alice"):
        CustomerFactory.create_batch(4, business_name="Oak")
    (group,) = api_as("alice").get(URL, {"q": "oak", "limit": "3"}).json()["groups"]
    assert (len(group["hits"]), group["has_more"]) == (3, True)
    (group,) = api_as("alice").get(URL, {"q": "oak", "limit": "4"}).json()["groups"]
    assert (len(group["hits"]), group["has_more"]) == (4, False)


def test_what_a_hit_says(records, api_as):
    groups = api_as("vera").get(URL, {"q": "o"}).json()["groups"]
    hits = {hit["kind"]: hit for group in groups for hit in group["hits"]}
    assert hits["deal"] == {
        "kind": "deal", "id": str(records["deal"]), "title": "Two ovens", "rank": 2, "subkind": "open",
        "line": "D-000042 · Kölner Straßenbäckerei, Offer",
        "customer": str(records["bakery"]), "contact": None, "deal": None,
    }  # fmt: skip
    assert hits["contact"]["title"] == "Jean-Luc O'Brien"
    assert hits["contact"]["line"] == "Baker, Kölner Straßenbäckerei"
    assert hits["activity"]["title"] == "They want **green** ovens"
    assert hits["activity"]["line"] == "Two ovens"
    assert hits["activity"]["deal"] == str(records["deal"])


@pytest.mark.parametrize(
    ("text", "line"),
    [("koln", "C-000042 · Köln"), ("info@", "C-000042 · info@baeckerei.example · Köln"),
     ("0221 456690", "C-000042 · +4922145669012 · Köln")],
)  # fmt: skip
def test_the_line_shows_what_was_looked_for(records, in_tenant, text, line):
    with in_tenant("alice"):
        assert find(text, limit=5).groups[0].hits[0].line == line


def test_only_people(records, in_tenant):
    with in_tenant("alice"):
        assert _found(records, find("b", limit=5, only="people")) == ["person", "contact"]
        assert _found(records, find("ovens", limit=5, only="people")) == []


def test_only_numbers(records, in_tenant):
    with in_tenant("alice"):
        numbers = (4, 43, 420, 4_200, 42_000)
        later = {number: CustomerFactory(number=number).pk for number in numbers}
        hits = [hit.id for group in find("42", limit=5, only="numbers").groups for hit in group.hits]
        assert hits == [records["bakery"], later[420], later[4_200], later[42_000], records["deal"]]
        assert find("koln", limit=5, only="numbers").groups == []


def test_the_trash_is_not_searched(records, in_tenant, api_as):
    alice = api_as("alice")
    alice.delete(f"/api/crm/customers/{records['person']}/", headers={"If-Match": '"1"'})
    assert alice.get(URL, {"q": "yildiz"}).json() == {"groups": [], "is_alike": False}


def test_nothing_of_another_business_is_found(records, api_as):
    for text in ("koln", "42", "yidliz", "ovens", "jl@", "0221 456"):
        assert api_as("bob").get(URL, {"q": text}).json()["groups"] == []


def test_one_statement_for_all_kinds_and_one_more_for_typing_errors(records, in_tenant):
    with in_tenant("alice"):
        with CaptureQueriesContext(connection) as queries:
            find("koln", limit=5)
        assert len(queries) == 1
        with CaptureQueriesContext(connection) as queries:
            find("straßenbäkerei", limit=5)
        assert len(queries) == 2


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ({}, "q", "required"),
        ({"q": "x" * 201}, "q", "max_length"),
        ({"q": "x", "only": "deals"}, "only", "invalid_choice"),
        ({"q": "x", "limit": "0"}, "limit", "invalid"),
        ({"q": "x", "limit": "21"}, "limit", "invalid"),
        ({"q": "x", "limit": "９"}, "limit", "invalid"),
        ({"q": "x", "kind": "deal"}, "kind", "unknown_parameter"),
    ],
)
def test_what_is_refused(api_as, query, name, code):
    response = api_as("alice").get(URL, query)
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"]) == (name, code)


@settings(max_examples=150)
@given(
    st.text(alphabet=st.characters(), max_size=200)
    | st.from_regex(r"[-+()0-9 ./C#@%_\\]{0,30}", fullmatch=True),
    st.sampled_from(["", "people", "numbers"]),
)
def test_no_text_breaks_the_search(records, in_tenant, text, only):
    with in_tenant("alice"):
        found = find(text, limit=5, only=only)
        hits = [hit.id for group in found.groups for hit in group.hits]
        assert len(hits) == len(set(hits))


@settings(max_examples=60)
@given(
    st.lists(st.text(alphabet="abn ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=8),
    st.text(alphabet="abn ", min_size=1, max_size=4).filter(str.strip),
    st.integers(0, 6),
)
def test_it_finds_what_the_list_finds_in_the_order_of_ranks(in_tenant, names, text, recent):
    """However few records count as recent: every way together finds each match once, best first."""
    usual, statement.RECENT = statement.RECENT, recent
    try:
        with in_tenant("alice"):
            made = [CustomerFactory(business_name=name.strip()) for name in names]
            found = find(text, limit=20)
            hits = [hit for group in found.groups for hit in group.hits if not found.is_alike]
            assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
            wanted = type(made[0]).objects.search(text).values_list("pk", flat=True)
            assert {hit.id for hit in hits} == set(wanted)
            assert len(hits) == len(wanted)
            type(made[0]).objects.all().delete()
    finally:
        statement.RECENT = usual


def test_swapped_letters_keep_the_first():
    swapped = str(Typed.read("smtih").alike(["smtih"]))
    assert "' smith'" in swapped
    assert "'mstih'" not in swapped


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [("%abc%", [("abc", False, False)]), ("% a%", [("a", True, False)]),
     ("% c-0%", [("c", True, True), ("0", True, False)]), ("%c-0%", [("0", True, False)]),
     ("%a b%", [("b", True, False)]), ("%ab-%", [("ab", False, True)]),
     ("%ab%", []), ("%+%", []), (r"% 5\%\_x%", [("5", True, True), ("x", True, False)])],
)  # fmt: skip
def test_what_the_index_can_look_for(pattern, parts):
    assert indexed_parts(pattern) == parts
