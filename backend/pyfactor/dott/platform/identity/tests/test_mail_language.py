"""A mail is written in the language of whoever gets it."""

from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from dott.platform.identity.models import Tenant, User
from dott.platform.identity.tests.support import REQUEST_RESET, browser
from dott.platform.tenancy.router import AUTH

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def chooses(name: str, language: str) -> None:
    User.objects.using(AUTH).filter(email=f"{name}@example.com").update(language=language)


def asks(client: APIClient, email: str, **headers: str) -> str:
    """The subject of the mail that asking for a new password brings."""
    client.post(REQUEST_RESET, {"email": email}, headers=headers)
    return str(mail.outbox[-1].subject)


def test_her_setting_goes_before_what_the_browser_asks_for(api: APIClient) -> None:
    chooses("alice", "de-AT")
    assert "setzt Ihr Dott-Passwort zurück" in asks(browser(), "alice@example.com", accept_language="ar")


def test_without_a_setting_the_choice_of_the_sign_in_page_and_then_the_browser_decide(api: APIClient) -> None:
    assert "setzt Ihr Dott-Passwort zurück" in asks(browser(), "alice@example.com", accept_language="de")
    chosen = browser()
    chosen.cookies["language"] = "ar"
    assert "لإعادة تعيين" in asks(chosen, "mia@example.com", accept_language="de")


def test_an_address_without_an_account_is_written_to_as_its_browser_asks(api: APIClient) -> None:
    assert asks(browser(), "nobody@example.com", accept_language="de-CH,de;q=0.8") == (
        "Zu dieser Adresse gibt es kein Dott-Konto"
    )


def test_a_language_that_there_is_not_is_english(api: APIClient) -> None:
    chooses("alice", "ja")
    assert asks(browser(), "alice@example.com").endswith("resets your Dott password")


@pytest.mark.parametrize(
    ("whom", "setting", "subject"),
    [
        ("new@example.com", "", "Alice lädt Sie zu Alice's Bakery ein"),
        ("bob@example.com", "ar", "يدعوك إلى"),
    ],
)
def test_an_invitation_is_in_the_language_of_the_invited_else_of_the_business(
    api_as: Any, world: Any, whom: str, setting: str, subject: str
) -> None:
    Tenant.objects.using(AUTH).filter(id=world.bakery).update(language="de")
    chooses("bob", setting)
    body = {"email": whom, "role": "member"}
    made = api_as("alice").post("/api/tenants/current/invitations/", body, headers={"Accept-Language": "en"})
    assert made.status_code == 201
    assert subject in str(mail.outbox[-1].subject)
