"""The tag on what an import writes: on every record of any kind, in its history, and taken back exactly."""

from datetime import date

import pytest

from dott.modules.crm.actions.customers import create_customer, update_customer
from dott.modules.crm.imports.marking import proposed_name
from dott.modules.crm.models import (
    Contact,
    ContactTag,
    Customer,
    CustomerTag,
    Deal,
    DealTag,
    Tag,
)
from dott.platform.history.models import Change

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

TAG = "import:fair"
OLD = "ID,Company,City\n1,Acme,Berlin\n2,Beta,Rom\n"
NEW = "ID,Company,City\n1,Acme,Köln\n2,Beta,Rom\n3,Gamma,Oslo\n"
KINDS = {"customer": (Customer, CustomerTag), "contact": (Contact, ContactTag), "deal": (Deal, DealTag)}


def tags_of(importer):
    with importer.enter():
        return dict(Tag.objects.values_list("name", "id"))


def links_of(importer, entity="customer"):
    _, links = KINDS[entity]
    with importer.enter():
        return set(links.objects.values_list(f"{entity}_id", "tag_id"))


def changes_of(importer, job):
    with importer.enter():
        rows = Change.objects.filter(change_set_id=job.change_set_id).order_by("id")
        return [(row.entity, row.operation, row.before, row.after) for row in rows]


def test_what_is_written_carries_the_tag_and_what_is_not_does_not(alice):
    alice.bring_in(OLD)
    job = alice.bring_in(NEW, tag_name=TAG)
    (tag,) = tags_of(alice).values()
    customers = alice.customers()
    assert [customers[key]["tags"] for key in "123"] == [[tag], [], [tag]]
    assert [customers[key]["version"] for key in "123"] == [2, 1, 1]
    assert links_of(alice) == {(customers["1"]["id"], tag), (customers["3"]["id"], tag)}
    assert (job.tag_id, job.is_tag_made) == (tag, True)
    changes = changes_of(alice, job)
    assert ("crm.tag", "create", {}, {"name": TAG, "colour": "grey"}) in changes
    assert (
        "crm.customer", "update", {"billing_city": "Berlin", "tags": []},
        {"billing_city": "Köln", "tags": [str(tag)]},
    ) in changes  # fmt: skip
    assert [after["tags"] for entity, operation, _, after in changes
            if (entity, operation) == ("crm.customer", "create")] == [[str(tag)]]  # fmt: skip


def test_without_a_name_nothing_is_tagged(alice):
    job = alice.bring_in(NEW)
    assert tags_of(alice) == {}
    assert links_of(alice) == set()
    assert (job.tag_id, job.is_tag_made) == (None, False)


def test_a_revert_takes_the_tag_off_and_removes_it(alice):
    alice.bring_in(OLD)
    before = alice.customers()
    job = alice.revert(alice.bring_in(NEW, tag_name=TAG).id)
    assert (job.shown_state, job.error) == ("reverted", None)
    after = alice.customers()
    assert sorted(after) == ["1", "2"]
    assert (after["1"]["tags"], after["1"]["billing_city"], after["1"]["version"]) == ([], "Berlin", 3)
    assert after["2"] == before["2"]
    assert (tags_of(alice), links_of(alice)) == ({}, set())
    with alice.enter():
        gone = Change.objects.get(entity="crm.tag", operation="delete")
        assert (gone.before, gone.record_id) == ({"name": TAG, "colour": "grey"}, job.tag_id)

    # The same import once more begins with a tag of its own.
    again = alice.apply(alice.validate(job.id).id)
    assert list(tags_of(alice).values()) == [again.tag_id]


def test_a_tag_that_was_there_goes_back_to_who_had_it(alice):
    with alice.enter() as actor:
        tag = Tag.objects.create(name="Import:FAIR", tenant_id=actor.tenant_id)
        create_customer(actor=actor, values={"business_name": "Acme", "external_id": "1", "tags": [tag.pk]})
    before = alice.customers()["1"]
    job = alice.bring_in("ID,Company,City\n1,Acme,Köln\n2,Beta,Rom\n", tag_name=TAG)
    assert (job.tag_id, job.is_tag_made) == (tag.pk, False)
    assert [one["tags"] for one in alice.customers().values()] == [[tag.pk]] * 2
    alice.revert(job.id)
    after = alice.customers()
    assert (list(after), after["1"]["tags"]) == (["1"], before["tags"])
    assert links_of(alice) == {(before["id"], tag.pk)}
    assert tags_of(alice) == {"Import:FAIR": tag.pk}


def test_a_tag_that_somebody_uses_or_has_changed_stays(alice):
    job = alice.bring_in("ID,Company\n1,Acme\n", tag_name=TAG)
    with alice.enter() as actor:
        create_customer(actor=actor, values={"business_name": "Other", "tags": [job.tag_id]})
    alice.revert(job.id)
    assert list(tags_of(alice).values()) == [job.tag_id]
    assert list(alice.customers()) == ["Other"]

    job = alice.bring_in("ID,Company\n1,Acme\n", tag_name="import:second")
    with alice.enter():
        Tag.objects.filter(pk=job.tag_id).update(colour="red", version=2)
    alice.revert(job.id)
    assert job.tag_id in tags_of(alice).values()


def test_a_record_that_is_kept_keeps_its_tag(alice):
    job = alice.bring_in("ID,Company\n1,Acme\n2,Beta\n", tag_name=TAG)
    with alice.enter() as actor:
        update_customer(
            actor=actor, customer=Customer.objects.get(external_id="2"), values={"source": "fair"}
        )
    job = alice.revert(job.id)
    assert job.error["code"] == "rows_kept"
    customers = alice.customers()
    assert {key: one["tags"] for key, one in customers.items()} == {"2": [job.tag_id]}
    assert links_of(alice) == {(customers["2"]["id"], job.tag_id)}


def test_a_record_with_as_many_tags_as_it_may_carry_goes_without(alice):
    with alice.enter() as actor:
        tags = [Tag.objects.create(name=f"t{n}", tenant_id=actor.tenant_id).pk for n in range(50)]
        create_customer(actor=actor, values={"business_name": "Acme", "external_id": "1", "tags": tags})
    job = alice.bring_in("ID,Company,City\n1,Acme,Köln\n", tag_name=TAG)
    acme = alice.customers()["1"]
    assert (acme["billing_city"], acme["tags"]) == ("Köln", tags)
    assert job.counts["update"] == 1
    alice.revert(job.id)
    assert (alice.customers()["1"]["tags"], TAG in tags_of(alice)) == (tags, False)


@pytest.mark.parametrize(
    ("entity", "first", "second"),
    [
        ("contact", "First name,Last name,E-mail,Company\nAda,Byron,ada@x.example,Acme\n",
         "First name,Last name,E-mail,Company\nAda,Byron,ada@x.example,Beta\n"),
        ("deal", "External ID,Deal name,Customer,Amount,Currency\nd1,Roof,Acme,10,EUR\n",
         "External ID,Deal name,Customer,Amount,Currency\nd1,Roof,Acme,20,EUR\nd2,Wall,Acme,5,EUR\n"),
    ],
)  # fmt: skip
def test_contacts_and_deals_are_tagged_and_freed_alike(alice, entity, first, second):
    model, _ = KINDS[entity]
    alice.bring_in("Company\nAcme\nBeta\n")
    alice.bring_in(first, entity=entity)
    job = alice.bring_in(second, entity=entity, tag_name=TAG)
    assert job.counts["update"] == 1
    with alice.enter():
        tagged = dict(model.objects.values_list("id", "tags"))
    assert set(map(tuple, tagged.values())) == {(job.tag_id,)}
    assert links_of(alice, entity) == {(record, job.tag_id) for record in tagged}
    job = alice.revert(job.id)
    assert (job.shown_state, job.error) == ("reverted", None)
    with alice.enter():
        assert list(model.objects.values_list("tags", flat=True)) == [[]]
    assert (tags_of(alice), links_of(alice, entity)) == ({}, set())


def test_another_business_has_a_tag_of_its_own(alice, bob):
    alices = alice.bring_in(NEW, tag_name=TAG)
    bobs = bob.bring_in(NEW, tag_name=TAG)
    assert alices.tag_id != bobs.tag_id
    bob.revert(bobs.id)
    assert list(tags_of(alice).values()) == [alices.tag_id]
    assert all(one["tags"] == [alices.tag_id] for one in alice.customers().values())


def test_the_name_tells_the_file_and_the_day_and_fits():
    day = date(2026, 11, 29)
    assert proposed_name("customers.csv", day) == "import:customers 2026-11-29"
    long = proposed_name("a" * 200 + ".csv", day)
    assert (len(long), long[-11:]) == (50, " 2026-11-29")
    assert proposed_name("..", day).startswith("import:")
