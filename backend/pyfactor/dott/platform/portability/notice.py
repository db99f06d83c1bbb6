"""The mail to the owners when a file of the whole business is ready: to the one who asked, and to the others,
who should know of it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections

from dott.platform.identity.models import Membership, Tenant
from dott.platform.identity.roles import OWNER
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job
from dott.platform.portability.models import BusinessExport
from dott.platform.tenancy.context import current

KIND = "portability.notice"


@job(KIND, is_fleeting=True)
def tell_owners(background: Job, export_id: str) -> None:
    """Write to each of them. Run twice, the same Message-ID goes out again, and mail systems show it once."""
    export = BusinessExport.objects.select_related("created_by").filter(pk=export_id).first()
    if export is None:
        return
    for address in _addresses():
        _message(export, address).send()


def _addresses() -> list[str]:
    owners = Membership.objects.filter(role=OWNER, status=Membership.Status.ACTIVE).order_by("id")
    found = []
    for member_id in owners.values_list("id", flat=True):
        with connections[current().alias].cursor() as cursor:
            cursor.execute("SELECT app.member_email(%s)", [member_id])
            (address,) = cursor.fetchone()
        if address:
            found.append(str(address))
    return found


def _message(export: BusinessExport, address: str) -> EmailMessage:
    context = current()
    tenant = Tenant.objects.using(context.alias).only("slug", "name").get(id=context.tenant_id)
    who = export.created_by.display_name if export.created_by else "An owner"
    lines = [
        f"{who} has asked for a file with everything that is in {tenant.name}. It is ready:",
        "",
        f"{settings.PUBLIC_ORIGIN}/{tenant.slug}/settings/your-data",
        "",
        f"It can be downloaded by owners until {export.expires_at:%d %B %Y, %H:%M} UTC, then it is removed.",
        f"SHA-256 {export.sha256}",
        "",
        "If none of you wanted this, sign out all sessions and change your passwords.",
        "",
    ]
    host = settings.PUBLIC_ORIGIN.partition("://")[2].partition(":")[0]
    return EmailMessage(
        subject="Your business's data is ready",
        body="\n".join(lines),
        to=[address],
        headers={"Message-ID": f"<export-{export.pk}@{host}>"},
    )
