"""The mail to the owners when a file of the whole business is ready: to the one who asked, and to the others,
who should know of it."""

from dott.platform.identity.member_mail import to_member
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
    owners = Membership.objects.filter(role=OWNER, status=Membership.Status.ACTIVE).order_by("id")
    tenant = Tenant.objects.using(current().alias).only("name").get(id=current().tenant_id)
    values = {
        "name": tenant.name,
        "asker": "known" if export.created_by else "unknown",
        "who": export.created_by.display_name if export.created_by else "",
        "until": export.expires_at,
        "sha256": export.sha256,
    }
    for member_id in owners.values_list("id", flat=True):
        mail = to_member(member_id, "business_ready", values, id_=f"export-{export.pk}")
        if mail is not None:
            mail.send()
