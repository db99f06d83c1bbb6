"""Mentions: whoever is newly named in the text of an activity is told in the app, once for each activity."""

from collections.abc import Collection
from uuid import UUID

from dott.modules.crm.mentions import member_ids
from dott.modules.crm.models import Activity, Notification
from dott.modules.crm.models.notifications import Reason
from dott.platform.history.actor import Actor
from dott.platform.identity.models import Membership
from dott.platform.identity.sight import those_who_see
from dott.platform.realtime import announce
from dott.platform.realtime.messages import Changed


def tell_mentioned(activity: Activity, *, actor: Actor, but: Collection[UUID] = ()) -> None:
    """Tell the members whom the text names, after it was written: not the writer, not those who were named
    before (`but`), nobody twice, and nobody who does not see the activity. Open pages hear of it after the
    commit."""
    named = member_ids(activity.body) - {*but} - {actor.membership_id}
    if not named:
        return
    # Locked as the activity is, nobody else tells at the same time.
    told = Notification.objects.filter(activity=activity, reason=Reason.MENTION, recipient_id__in=named)
    unaware = named - {*told.values_list("recipient_id", flat=True)}
    members = Membership.objects.filter(pk__in=unaware).order_by("id")
    news = Notification.objects.bulk_create(
        Notification(
            reason=Reason.MENTION, recipient=member, activity=activity, author_id=actor.membership_id
        )
        for member in those_who_see(activity, members)
    )
    if news:
        announce.records_changed([Changed("crm.notification", told.pk, "create") for told in news])
