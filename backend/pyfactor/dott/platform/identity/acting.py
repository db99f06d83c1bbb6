"""How a management command gets into a business: as one of its members, through the same door as she.

There is no back door to look for: the command opens a session of the member, proves itself with its
token, and ends it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Tenant
from dott.platform.identity.sessions import SessionStore, token_proof
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.transactions import session


@contextmanager
def acting_as(member: Membership, *, snapshot: bool = False) -> Iterator[Context]:
    """One transaction in the member's business and name; rolled back by an exception.

    snapshot: it sees the business as it was when it began, whatever others write meanwhile.
    Raises SessionRefused or MembershipRefused when she could not sign in herself.
    """
    store = SessionStore()
    store.create()
    try:
        # Whoever may run commands has proved more than a factor would.
        store.sign_in(member.user_id, member.tenant_id, second_factor=True)
        with session(token_proof(str(store.session_key)), snapshot=snapshot) as context:
            yield context
    finally:
        store.delete()


def first_owner(slug: str) -> Membership:
    """The longest-standing active owner of a business. Raises Tenant.DoesNotExist for an unknown slug."""
    tenant = Tenant.objects.get(slug=slug)
    owners = all_memberships().filter(
        tenant_id=tenant.id, role=Membership.Role.OWNER, status=Membership.Status.ACTIVE
    )
    return owners.order_by("id")[0]
