"""Reminders: when their time has come, somebody is told in the app and by mail, once each.

The worker knows no businesses. Whoever sets a reminder leaves a job for its time, unless one waits for an
earlier one; the job delivers everything that is due in its business and leaves the next.
"""

from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Min
from django.utils import timezone

from dott.modules.crm.models import Activity, Notification
from dott.platform.identity.member_mail import to_member
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.realtime import announce
from dott.platform.realtime.messages import Changed
from dott.platform.tenancy.context import current

KIND = "crm.reminders.deliver"
MAIL = "crm.reminders.mail"

# Locked, so that a job which starts now does so after this transaction and sees its reminder; one that has
# started meanwhile is no longer queued when the lock is given.
_WAITING = """
SELECT 1 FROM jobs_job
 WHERE tenant_id = %s AND kind = %s AND state = 'queued' AND run_after <= %s
 LIMIT 1 FOR SHARE
"""
# The unique key of a notification is what makes it one, whoever else is at it.
_DELIVER = """
INSERT INTO crm_notification (tenant_id, recipient_id, activity_id, remind_at)
SELECT activity.tenant_id, member.id, activity.id, activity.remind_at
  FROM crm_activity AS activity
  JOIN identity_membership AS member
    ON member.tenant_id = activity.tenant_id AND member.status = 'active'
   AND member.id = coalesce(activity.assignee_id, activity.created_by_id)
 WHERE activity.tenant_id = %s AND activity.remind_at <= %s
   AND activity.status = 'open' AND activity.deleted_at IS NULL
ON CONFLICT DO NOTHING
RETURNING id
"""


def schedule_reminder(remind_at: datetime) -> None:
    """Have somebody look at what is due at that time. In the transaction that sets the reminder."""
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_WAITING, [context.tenant_id, KIND, remind_at])
        if cursor.fetchone() is None:
            put_off(KIND, remind_at)


def deliver_reminders(*, now: datetime) -> list[UUID]:
    """Tell everybody in the active business of what is due; returns the new notifications' ids.

    One statement, however many there are. Open pages hear of it after the commit, mails follow as jobs.
    """
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_DELIVER, [context.tenant_id, now])
        delivered = [UUID(str(id_)) for (id_,) in cursor.fetchall()]
    if delivered:
        announce.records_changed([Changed("crm.notification", id_, "create") for id_ in delivered])
    for id_ in delivered:
        put_off(MAIL, now, notification_id=str(id_))
    return delivered


@job(KIND)
def deliver_when_due(background: Job) -> None:
    """The job that a reminder left; it leaves one for the next."""
    now = timezone.now()
    deliver_reminders(now=now)
    waiting = Activity.objects.filter(remind_at__gt=now, status="open", deleted_at=None)
    following = waiting.aggregate(at=Min("remind_at"))["at"]
    if following is not None:
        schedule_reminder(following)


@job(MAIL)
def mail_reminder(background: Job, notification_id: str) -> None:
    """Send one reminder's mail. Safe to run twice: whoever was mailed is not mailed again.

    Should the worker die between the sending and the commit, the same Message-ID goes out again, and
    mail systems show it once.
    """
    notifications = Notification.objects.select_for_update(of=("self",)).select_related("activity")
    notification = notifications.filter(id=notification_id, mailed_at=None).first()
    if notification is None or notification.activity.status != "open":
        return
    activity = notification.activity
    subject = " ".join(activity.subject.split()) or activity.kind
    mail = to_member(
        notification.recipient_id, "reminder", {"subject": subject}, id_=f"reminder-{notification.pk}"
    )
    if mail is None:
        return
    notification.mailed_at = timezone.now()
    notification.save(update_fields=["mailed_at"])
    mail.send()
