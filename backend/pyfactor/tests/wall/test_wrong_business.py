"""The wrong business costs a 403 and never the session, and no request names its business itself.

The business is a column of the session's row. There is no header for it: nothing that a client sends
beside the cookie has a say.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
ApiAs = Callable[[str], APIClient]
CUSTOMERS, ME = "/api/crm/customers/", "/api/auth/me/"
# Ways in which other programs let a request choose its tenant.
TENANT_HEADERS = (
    "X-Tenant", "X-Tenant-Id", "X-Tenant-Slug", "X-Tenant-Schema", "X-Dott-Tenant", "X-Business", "X-Account",
    "X-Organization", "X-Organization-Id", "X-Org-Id", "X-Workspace-Id", "X-Company-Id", "X-Scope-OrgID",
    "Tenant", "Tenant-Id", "Business",
)  # fmt: skip


def move_session(world: World, name: str, tenant: object) -> None:
    """Point the person's session at a business, as no endpoint would."""
    Session.objects.filter(token_hash=stored_hash(world[name].token)).update(active_tenant=tenant)


@pytest.mark.parametrize("wrong", ["another's", "nobody's"])
def test_a_session_in_the_wrong_business_is_refused_and_keeps_its_cookie(
    api_as: ApiAs, world: World, wrong: str
) -> None:
    alice = api_as("alice")
    move_session(world, "alice", world.bikes if wrong == "another's" else uuid4())
    for refused in (
        alice.get(CUSTOMERS),
        alice.post(CUSTOMERS, {"kind": "business", "business_name": "Oak"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "no_membership")
        assert settings.SESSION_COOKIE_NAME not in refused.cookies
        assert "Clear-Site-Data" not in refused.headers
    assert alice.get(ME).json()["user"]["email"] == "alice@example.com"
    move_session(world, "alice", world.bakery)
    assert alice.get(CUSTOMERS).json()["results"] == []


def test_who_lost_one_business_goes_to_her_other_one_with_the_same_cookie(
    api_as: ApiAs, world: World
) -> None:
    sam = api_as("sam")
    all_memberships().filter(id=world["sam"].membership_id).update(status="disabled")
    assert sam.get(CUSTOMERS).status_code == 403
    assert sam.cookies[settings.SESSION_COOKIE_NAME].value == world["sam"].token
    assert sam.post("/api/tenants/switch/", {"tenant": "bikes"}).status_code == 200
    assert sam.get(CUSTOMERS).status_code == 200


@pytest.mark.parametrize("named", ["id", "slug"])
def test_no_header_leads_into_another_business(api_as: ApiAs, world: World, named: str) -> None:
    """Not even Sam, who belongs to both, reads the one by a header while her session is in the other."""
    made = api_as("bob").post(CUSTOMERS, {"kind": "business", "business_name": "Spokes"})
    assert made.status_code == 201
    value = str(world.bikes) if named == "id" else "bikes"
    for name in ("sam", "alice"):
        person = api_as(name)
        plain, found = person.get(CUSTOMERS), f"{CUSTOMERS}{made.json()['id']}/"
        for header in TENANT_HEADERS:
            answer = person.get(CUSTOMERS, headers={header: value})
            assert (answer.status_code, answer.content) == (200, plain.content), header
            assert person.get(found, headers={header: value}).status_code == 404, header
