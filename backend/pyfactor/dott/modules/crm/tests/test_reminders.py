"""Reminders: delivered in the app and by mail, exactly once each, by a worker that knows no business."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone

from dott.modules.crm.actions import reminders
from dott.modules.crm.actions.activities import create_activity
from dott.modules.crm.models import Notification
from dott.modules.crm.tests.factories import ActivityFactory, CustomerFactory
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Tenant, User
from dott.platform.jobs import runner
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import AUTH

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
URL = "/api/crm/notifications/"


def remind(in_tenant, name="alice", *, minutes=-1, **values):
    """A task with a reminder, as a request would make it."""
    with in_tenant(name):
        at = timezone.now() + timedelta(minutes=minutes)
        task = {"subject": "Ring", "customer": CustomerFactory(), "remind_at": at} | values
        return create_activity(actor=current(), values=task)


def minute():
    """What the clock does in one minute: what is due runs, then what that left for now."""
    for _ in range(2):
        queue_due()
        run_queued()


def told(in_tenant, name="alice"):
    with in_tenant(name):
        return list(Notification.objects.values_list("recipient_id", flat=True))


def test_it_is_delivered_once_in_the_app_and_once_by_mail(in_tenant, world, api_as):
    remind(in_tenant, subject="Ring\nAda", assignee_id=world["mia"].membership_id)
    for _ in range(3):
        minute()
    assert told(in_tenant) == [world["mia"].membership_id]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["mia@example.com"], "Reminder: Ring Ada")
    assert "/bakery/tasks" in message.body
    rows = api_as("mia").get(f"{URL}?unread=true").json()["results"]
    assert [row["subject"] for row in rows] == ["Ring\nAda"]
    assert api_as("alice").get(URL).json()["results"] == []


def test_two_workers_at_once_deliver_it_once(in_tenant):
    remind(in_tenant)
    now = timezone.now()
    with in_tenant("alice"):
        assert len(reminders.deliver_reminders(now=now)) == 1
    with in_tenant("alice"):
        assert reminders.deliver_reminders(now=now) == []
    assert len(told(in_tenant)) == 1


def test_nobody_is_told_too_early_and_the_next_one_is_not_forgotten(in_tenant):
    remind(in_tenant, minutes=-1)
    remind(in_tenant, minutes=60)
    minute()
    assert len(told(in_tenant)) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True), in_tenant("alice"):
        assert len(reminders.deliver_reminders(now=timezone.now())) == 1
    with in_tenant("alice"):
        waiting = Job.objects.filter(kind=reminders.KIND, state="queued")
        assert waiting.count() == 1


@pytest.mark.parametrize("values", [{"status": "done"}, {"kind": "note", "body": "x"}])
def test_what_is_done_reminds_nobody(in_tenant, values):
    remind(in_tenant, **values)
    minute()
    assert told(in_tenant) == []
    assert mail.outbox == []


def test_a_new_time_reminds_again_and_the_same_one_does_not(in_tenant, api_as):
    activity = remind(in_tenant)
    minute()
    client, address = api_as("alice"), f"/api/crm/activities/{activity.pk}/"
    client.patch(address, {"subject": "Ring again"}, headers={"If-Match": "*"})
    minute()
    assert len(told(in_tenant)) == 1
    later = (timezone.now() - timedelta(seconds=5)).isoformat()
    client.patch(address, {"remind_at": later}, headers={"If-Match": "*"})
    minute()
    assert len(told(in_tenant)) == 2
    assert len(mail.outbox) == 2


def test_a_mail_that_fails_is_tried_again_and_sent_once(in_tenant, monkeypatch):
    remind(in_tenant)
    queue_due()
    run_queued()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
        queue_due()
        with pytest.raises(runner.TryAgain):
            run_queued()
    assert len(told(in_tenant)) == 1
    for _ in range(2):
        minute()
    assert len(mail.outbox) == 1


def test_one_job_waits_for_the_earliest_of_many(in_tenant):
    for minutes in (30, 60, 90):
        remind(in_tenant, minutes=minutes)
    with in_tenant("alice"):
        assert Job.objects.filter(kind=reminders.KIND).count() == 1
    remind(in_tenant, minutes=10)
    with in_tenant("alice"):
        assert Job.objects.filter(kind=reminders.KIND).count() == 2


def test_another_business_s_job_delivers_nothing_here(in_tenant):
    remind(in_tenant, "bob")
    with in_tenant("alice"):
        ActivityFactory(remind_at=timezone.now() - timedelta(minutes=1))
    minute()
    assert told(in_tenant, "alice") == []
    assert len(told(in_tenant, "bob")) == 1


def test_who_has_left_is_not_written_to(in_tenant, world):
    remind(in_tenant, assignee_id=world["mia"].membership_id)
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    minute()
    assert (told(in_tenant), mail.outbox) == ([], [])


def test_requests_cannot_ask_for_addresses(in_tenant, world):
    with (
        in_tenant("alice"),
        connections[current().alias].cursor() as cursor,
        pytest.raises(Exception, match="permission denied for function member_email"),
    ):
        cursor.execute("SELECT app.member_email(%s)", [world["mia"].membership_id])


def test_reading_takes_it_from_the_unread_and_is_one_s_own(in_tenant, api_as):
    remind(in_tenant)
    minute()
    (row,) = api_as("alice").get(f"{URL}?unread=true").json()["results"]
    address = f"{URL}{row['id']}/read/"
    assert api_as("mia").post(address).status_code == 404
    assert api_as("alice").post(address).status_code == 204
    assert api_as("alice").get(f"{URL}?unread=true").json()["results"] == []
    assert api_as("alice").get(URL).json()["results"][0]["read_at"] is not None


def test_the_next_occurrence_reminds_too(in_tenant, api_as):
    due = datetime.now(UTC).date()
    activity = remind(in_tenant, due_on=due, recurrence="FREQ=DAILY")
    api_as("alice").post(f"/api/crm/activities/{activity.pk}/complete/")
    minute()
    assert told(in_tenant) == []
    with in_tenant("alice"):
        following = Job.objects.get(kind=reminders.KIND, state="queued")
    assert following.run_after - activity.remind_at == timedelta(days=1)


@pytest.mark.parametrize(
    ("hers", "business", "subject"), [("ar", "en", "تذكير"), ("", "de-CH", "Erinnerung")]
)
def test_the_mail_is_in_her_language_or_else_in_the_business_s(in_tenant, world, hers, business, subject):
    User.objects.using(AUTH).filter(id=world["mia"].user_id).update(language=hers)
    Tenant.objects.using(AUTH).filter(id=world.bakery).update(language=business)
    remind(in_tenant, subject="Ring Ada", assignee_id=world["mia"].membership_id)
    minute()
    (message,) = mail.outbox
    assert message.subject == f"{subject}: Ring Ada"
