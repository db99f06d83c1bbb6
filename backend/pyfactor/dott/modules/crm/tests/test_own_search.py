"""Search looks into the fields that a business has added, of every kind of record that has some."""

import pytest
from django.db.models import F

from dott.modules.crm.models import keys
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, DealFactory

OWN = {
    "ship": "Blue Dolphin", "story": "Line one\nÄrmel", "web": "https://Shop.example/x",
    "mail": "Own@Mail.example", "line": "+4930901820", "code": "47110815-a", "size": "30917264.5",
    "kind": "opt_0123456789", "born": "1999-12-31", "met": "1999-12-31T10:30:00Z", "fair": True,
    "uses": ["opt_aaaaaaaaaa"], "price": {"amount": "777", "currency": "USD"},
}  # fmt: skip
FOUND = [
    "dolphin", "blue dol", "BLUE", "är", "shop.example", "own@mail", "030 90 18 20", "+49 30 901820",
    "47110815", "30917264.5",
]  # fmt: skip
# No texts, or nothing that anybody sees: ids of options, days, parts of money, keys.
NOT_FOUND = ["opt_0", "opt_aaa", "1999", "777", "usd", "ship", "tru"]
FACTORIES = [CustomerFactory, ContactFactory, DealFactory]
EXPRESSIONS = [keys.search_text, keys.contact_search_text, keys.deal_search_text]


@pytest.mark.parametrize("make", FACTORIES)
def test_lists_find_records_by_their_own_fields(in_tenant, make):
    with in_tenant("alice"):
        record, _other = make(custom=OWN), make()
        search = type(record).objects.search
        assert {text for text in FOUND if [one.pk for one in search(text)] == [record.pk]} == set(FOUND)
        assert [text for text in NOT_FOUND if search(text).exists()] == []


@pytest.mark.parametrize("make", FACTORIES)
def test_search_everywhere_finds_them_too(in_tenant, api_as, make):
    with in_tenant("alice"):
        record = make(custom=OWN)
    for text in FOUND:
        groups = api_as("alice").get("/api/search/", {"q": text}).json()["groups"]
        assert [hit["id"] for group in groups for hit in group["hits"]] == [str(record.pk)], text


def test_what_is_changed_is_found_at_once(in_tenant):
    with in_tenant("alice"):
        customer = CustomerFactory(custom={"ship": "Dolphin"})
        type(customer).objects.update(custom={"ship": "Whale"})
        assert not type(customer).objects.search("dolphin").exists()
        assert type(customer).objects.search("whale").exists()


def test_long_texts_are_searched_in_their_beginning_and_push_nothing_out(in_tenant):
    custom = {f"t{place}": "filling " * 249 + f"end{place} late{place}" for place in range(10)}
    with in_tenant("alice"):
        customer = CustomerFactory(custom={**custom, "z": "short"})
        search = type(customer).objects.search
        assert [search(text).exists() for text in ("short", "end0", "late0", "end9")] == [
            True, True, False, False,
        ]  # fmt: skip


@pytest.mark.parametrize(("make", "expression"), [*zip(FACTORIES, EXPRESSIONS, strict=True)])
def test_the_column_holds_what_the_model_says(in_tenant, make, expression):
    """A migration writes it by hand, for Django cannot change a generated column."""
    with in_tenant("alice"):
        record = make(custom=OWN)
        again = type(record).objects.annotate(again=expression()).filter(search_text=F("again"))
        assert again.count() == 1
