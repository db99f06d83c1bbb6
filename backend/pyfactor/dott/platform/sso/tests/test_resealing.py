"""The key that seals the provider's client secret can be changed, and the old one thrown away."""

from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command

from conftest import browser
from dott.platform.identity.factors.keys import is_sealed_by_the_first, unseal_secret
from dott.platform.sso.models import Provider as Configured
from dott.platform.sso.tests.provider import CLIENT_SECRET, Provider
from dott.platform.sso.tests.support import configure, sign_in_by

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

OLD, NEW = "the old key", "the new key"


def sealed() -> str:
    """As the database holds it."""
    return Configured.objects.get().client_secret


@pytest.mark.asvs("11.2.2")
def test_the_client_secret_moves_to_the_first_key(
    world: Any, api_as: Any, bakery_sso: Provider, settings: Any, capsys: Any
) -> None:
    settings.FACTOR_KEYS = [OLD]
    assert configure(api_as("alice"), bakery_sso).status_code == 200
    before = sealed()
    settings.FACTOR_KEYS = [NEW, OLD]
    assert not is_sealed_by_the_first(before)
    call_command("reseal_factors")
    assert "client secrets of single sign-on: 1 sealed" in capsys.readouterr().out
    settings.FACTOR_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        unseal_secret(before)
    assert unseal_secret(sealed()) == CLIENT_SECRET
    bakery_sso.person = {"sub": "ann", "email": "mia@example.com", "email_verified": True, "name": "Mia"}
    answer = sign_in_by(browser(), bakery_sso, world.bakery)
    # The provider took the secret: what is left is that she has to show that the account is hers.
    assert answer.json()["code"] == "connect_first"


def test_what_no_key_opens_is_counted_and_left_as_it_is(
    api_as: Any, bakery_sso: Provider, settings: Any
) -> None:
    settings.FACTOR_KEYS = [OLD]
    assert configure(api_as("alice"), bakery_sso).status_code == 200
    before = sealed()
    settings.FACTOR_KEYS = [NEW]
    with pytest.raises(CommandError, match="single sign-on: 1 cannot be opened"):
        call_command("reseal_factors")
    assert sealed() == before
