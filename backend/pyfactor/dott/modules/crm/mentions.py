"""Members named in a text: `[@Mia Maier](member:<membership id>)`, a link of Markdown (ADR 23).

The id says who it is; the words between the brackets are what she was called when it was written, for
wherever nobody looks the id up.
"""

import re
from uuid import UUID

from dott.platform.identity.models import Membership

_MENTION = re.compile(r"\]\(member:([^()\s]*)\)")


def address_of(member_id: UUID) -> str:
    """Where a link to her points, as it stands in a text."""
    return f"(member:{member_id})"


def member_ids(text: str) -> frozenset[UUID]:
    """The ids that a text names, whether there are such members or not."""
    return frozenset(found for found in map(_id, _MENTION.findall(text)) if found is not None)


def names_a_stranger(text: str, *, before: str = "") -> bool:
    """Whether it newly names what is no active member of the business. What stood in it before may stay:
    members leave, and texts come with a business that moved."""
    written = {*_MENTION.findall(text)} - {*_MENTION.findall(before)}
    ids = {_id(one) for one in written}
    if None in ids:
        return True
    active = Membership.objects.filter(pk__in=ids, status=Membership.Status.ACTIVE)
    return bool(ids) and active.count() != len(ids)


def _id(written: str) -> UUID | None:
    """Only in the usual form: UUID() takes others, which would be found in no text again."""
    try:
        found = UUID(written)
    except ValueError:
        return None
    return found if str(found) == written else None
