"""Mails that the worker writes to members, whose addresses and languages the database tells it alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connections

from dott.platform.identity.models import Tenant
from dott.platform.mail.compose import compose
from dott.platform.mail.languages import language_of
from dott.platform.tenancy.context import current


def to_member(
    membership_id: UUID, name: str, values: Mapping[str, Any], *, id_: str
) -> EmailMultiAlternatives | None:
    """A mail of the catalogue to an active member of the business, in her language, else in the business's;
    None where she is none any more. values: `business`, its address, comes by itself.

    id_: the same for the same news, so that mail systems show a mail that was sent twice once.
    """
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute("SELECT app.member_email(%s), app.member_language(%s)", [membership_id] * 2)
        address, language = cursor.fetchone()
    if address is None:
        return None
    business = Tenant.objects.using(context.alias).only("slug", "language").get(id=context.tenant_id)
    host = settings.PUBLIC_ORIGIN.partition("://")[2].partition(":")[0]
    return compose(
        name,
        to=str(address),
        language=language_of([language or "", business.language]),
        values=dict(values) | {"business": business.slug},
        headers={"Message-ID": f"<{id_}@{host}>"},
    )
