"""How long things are kept: the defaults as they were, what a business sets, and the job that applies it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dott.modules.crm.models import Customer, Notification
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, NotificationFactory
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.trash import KEPT, kept
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.privacy.models import RetentionRules
from dott.platform.privacy.retention import KIND
from dott.platform.privacy.tests.support import a_pass, made

RULES, INACTIVE = "/api/privacy/retention/", "/api/privacy/inactive/"
DEFAULTS = {
    "trash_days": 30, "import_days": None, "notification_days": None, "history_days": None,
    "inactive_days": None, "version": 1,
}  # fmt: skip


def set_rules(client: Any, **values: Any) -> Any:
    return client.patch(RULES, values | {"pass": a_pass(client)})


def test_without_rules_everything_is_as_it_was(api_as: Any, in_tenant: Any) -> None:
    assert made(api_as("alice").get(RULES)) == DEFAULTS
    with in_tenant("alice"):
        assert kept() == KEPT
        assert not Job.objects.filter(kind=KIND).exists()


def test_rules_are_set_once_for_the_business_and_are_in_its_history(api_as: Any, in_tenant: Any) -> None:
    alice = api_as("alice")
    assert made(set_rules(alice, trash_days=7)) == DEFAULTS | {"trash_days": 7}
    changed = set_rules(alice, history_days=365)
    assert changed.json() == DEFAULTS | {"trash_days": 7, "history_days": 365, "version": 2}
    assert made(api_as("bob").get(RULES)) == DEFAULTS
    with in_tenant("alice"):
        assert kept() == timedelta(days=7)
        assert [change.operation for change in Change.objects.filter(entity="privacy.retentionrules")] == [
            "create",
            "update",
        ]
        assert Job.objects.filter(kind=KIND).count() == 1


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"trash_days": 0}, "/trash_days"),
        ({"trash_days": None}, "/trash_days"),
        ({"history_days": 29}, "/history_days"),
        ({"inactive_days": 3651}, "/inactive_days"),
        ({"import_days": "soon"}, "/import_days"),
        ({"only_one": False}, "/only_one"),
    ],
)
def test_what_is_out_of_range_is_refused(api_as: Any, values: dict[str, Any], pointer: str) -> None:
    refused = set_rules(api_as("alice"), **values)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == pointer


def test_only_an_admin_with_a_pass_changes_them(api_as: Any, in_tenant: Any) -> None:
    assert api_as("mia").patch(RULES, {"trash_days": 1}).status_code == 403
    refused = api_as("alice").patch(RULES, {"trash_days": 1})
    assert (refused.status_code, refused.json()["code"]) == (403, "pass_required")
    with in_tenant("alice"):
        assert not RetentionRules.objects.exists()


def test_the_inactive_are_listed_and_stay(api_as: Any, in_tenant: Any) -> None:
    alice = api_as("alice")
    with in_tenant("alice"):
        old = CustomerFactory.create(business_name="Long Silent")
        long_ago = timezone.now() - timedelta(days=400)
        Customer.objects.filter(pk=old.pk).update(updated_at=long_ago, last_activity_at=long_ago)
        heard = CustomerFactory.create()
        Customer.objects.filter(pk=heard.pk).update(updated_at=long_ago, last_activity_at=timezone.now())
        ContactFactory.create()
    assert made(alice.get(INACTIVE)) == {"results": []}
    made(set_rules(alice, inactive_days=365))
    groups = {group["entity"]: group for group in made(alice.get(INACTIVE))["results"]}
    assert groups["crm.contact"]["count"] == 0
    assert [one["id"] for one in groups["crm.customer"]["records"]] == [str(old.pk)]
    assert groups["crm.customer"]["records"][0]["name"].endswith("Long Silent")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_job_applies_the_rules_and_comes_again(api_as: Any, in_tenant: Any) -> None:
    alice = api_as("alice")
    with in_tenant("alice"):
        trashed = CustomerFactory.create(deleted_at=timezone.now() - timedelta(days=10))
        told = NotificationFactory.create()
        Notification.objects.filter(pk=told.pk).update(created_at=timezone.now() - timedelta(days=20))
        fresh = NotificationFactory.create()
        record(changes=[Entry("crm.customer", trashed.pk, "update", {"notes": "a"}, {"notes": "b"})])
    made(set_rules(alice, trash_days=7, notification_days=14, history_days=30))
    queue_due()
    assert run_queued() == 1
    with in_tenant("alice"):
        assert not Customer.objects.filter(pk=trashed.pk).exists()
        assert set(Notification.objects.values_list("pk", flat=True)) == {fresh.pk}
        # Nothing of the history is thirty days old.
        assert not Change.objects.filter(redacted_at__isnull=False).exists()
        states = list(Job.objects.filter(kind=KIND).order_by("id").values_list("state", flat=True))
        assert states == ["succeeded", "queued"]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_old_history_loses_its_values_and_young_keeps_them(
    api_as: Any, in_tenant: Any, age_history: Any
) -> None:
    alice = api_as("alice")
    with in_tenant("alice"):
        customer = CustomerFactory.create()
        for text in ("old", "young"):
            record(changes=[Entry("crm.customer", customer.pk, "update", {"notes": ""}, {"notes": text})])
            if text == "old":
                oldest = Change.objects.values_list("pk", "change_set_id").get()
    age_history(oldest[1], days=31)
    made(set_rules(alice, history_days=30))
    queue_due()
    run_queued()
    with in_tenant("alice"):
        old = Change.objects.get(pk=oldest[0])
        assert (old.before, old.after, old.salt, old.is_erased) == ({}, {}, None, True)
        young = Change.objects.get(entity="crm.customer", redacted_at=None)
        assert (young.after, young.is_erased) == ({"notes": "young"}, False)
