"""`manage.py seed_demo`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dott.modules.crm.models import Customer
from dott.platform.identity.acting import acting_as
from dott.platform.identity.memberships import memberships_of
from dott.platform.identity.models import Session, Tenant, User

EMAIL = "demo@dott.example"


def seed() -> dict[str, object]:
    output = StringIO()
    call_command("seed_demo", stdout=output)
    return json.loads(output.getvalue().splitlines()[-1])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_seeding_twice_is_seeding_once(world, settings):
    settings.DEMO_PASSWORD = "a demo password"
    assert seed() == {"email": EMAIL, "business": "Corner Shop Demo", "customers": 40}
    settings.DEMO_PASSWORD = "another"
    assert seed() == {"email": EMAIL, "business": "Corner Shop Demo", "customers": 0}

    user = User.objects.get(email=EMAIL)
    assert user.check_password("a demo password")
    (member,) = memberships_of(user.pk)
    assert member.role == "owner"
    assert Tenant.objects.get(pk=member.tenant_id).onboarded_at is not None
    with acting_as(member):
        assert Customer.objects.count() == 40
    # A command leaves no session behind.
    assert not Session.objects.live().filter(user=user).exists()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_demo_account_signs_in(world, settings, api):
    settings.DEMO_PASSWORD = "a demo password"
    seed()
    response = api.post("/api/auth/browser/v1/auth/login", {"email": EMAIL, "password": "a demo password"})
    assert response.status_code == 200, response.content


@pytest.mark.asvs("6.3.2")
def test_there_is_no_default_password(world, settings):
    settings.DEMO_PASSWORD = ""
    with pytest.raises(CommandError, match="DOTT_DEMO_PASSWORD"):
        seed()
    assert not User.objects.filter(email=EMAIL).exists()
