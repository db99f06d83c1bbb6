"""The mail to owners and admins when an endpoint was switched off because nobody answered as agreed."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections

from dott.platform.identity.models import Membership, Tenant
from dott.platform.identity.roles import ADMIN, OWNER
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job
from dott.platform.tenancy.context import current
from dott.platform.webhooks.models import DisabledReason, Endpoint

KIND = "webhooks.notice"
_WHY = {
    DisabledReason.GONE: "It answered 410 Gone: it wants no more messages.",
    DisabledReason.FAILING: "It has taken no message for three days.",
}


@job(KIND, is_fleeting=True)
def tell_admins(background: Job, endpoint_id: str) -> None:
    """Write to each of them. Run twice, the same Message-ID goes out again, and mail systems show it once."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, is_enabled=False).first()
    if endpoint is None:
        return
    for address in _addresses():
        _message(endpoint, address).send()


def _addresses() -> list[str]:
    """The database gives a member's address to the worker alone."""
    members = Membership.objects.filter(role__in=[OWNER, ADMIN], status="active").order_by("id")
    found = []
    for member_id in members.values_list("id", flat=True):
        with connections[current().alias].cursor() as cursor:
            cursor.execute("SELECT app.member_email(%s)", [member_id])
            (address,) = cursor.fetchone()
        if address:
            found.append(str(address))
    return found


def _message(endpoint: Endpoint, address: str) -> EmailMessage:
    context = current()
    slug = Tenant.objects.using(context.alias).values_list("slug", flat=True).get(id=context.tenant_id)
    lines = [
        "Dott has stopped sending messages to this webhook:",
        "",
        endpoint.url,
        "",
        _WHY[DisabledReason(endpoint.disabled_reason)] if endpoint.disabled_reason else "",
        "Switch it on again, and send again what failed, here:",
        f"{settings.PUBLIC_ORIGIN}/{slug}/settings/webhooks",
        "",
    ]
    host = settings.PUBLIC_ORIGIN.partition("://")[2].partition(":")[0]
    return EmailMessage(
        subject="A webhook was switched off",
        body="\n".join(lines),
        to=[address],
        headers={"Message-ID": f"<webhook-{endpoint.pk}-{endpoint.version}@{host}>"},
    )
