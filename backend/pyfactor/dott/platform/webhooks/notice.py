"""The mail to owners and admins when an endpoint was switched off because nobody answered as agreed."""

from dott.platform.identity.member_mail import to_member
from dott.platform.identity.models import Membership
from dott.platform.identity.roles import ADMIN, OWNER
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job
from dott.platform.webhooks.models import Endpoint

KIND = "webhooks.notice"


@job(KIND, is_fleeting=True)
def tell_admins(background: Job, endpoint_id: str) -> None:
    """Write to each of them. Run twice, the same Message-ID goes out again, and mail systems show it once."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, is_enabled=False).first()
    if endpoint is None:
        return
    members = Membership.objects.filter(role__in=[OWNER, ADMIN], status="active").order_by("id")
    values = {"url": endpoint.url, "reason": endpoint.disabled_reason}
    for member_id in members.values_list("id", flat=True):
        mail = to_member(member_id, "webhook_off", values, id_=f"webhook-{endpoint.pk}-{endpoint.version}")
        if mail is not None:
            mail.send()
