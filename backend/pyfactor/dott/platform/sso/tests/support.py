"""What the single sign-on tests share: addresses, and a browser's way through a sign-in."""

from typing import Any
from uuid import UUID

from rest_framework.test import APIClient

from dott.platform.identity.tests.support import follow_token
from dott.platform.sso.tests.provider import CLIENT_ID, CLIENT_SECRET, Provider, Token

START = "/api/auth/sso/start/"
FINISH = "/api/auth/sso/finish/"
LINKS = "/api/auth/sso/links/"
SETTINGS = "/api/tenants/current/single-sign-on/"
DOMAINS = f"{SETTINGS}domains/"


def configure(owner: APIClient, provider: Provider, **more: Any) -> Any:
    """Set a provider up."""
    body = {"issuer": provider.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    return owner.put(SETTINGS, body | more)


def started(browser: APIClient, slug: str = "bakery", **more: Any) -> str:
    """The provider's address for a sign-in that begins now."""
    answer = browser.post(START, {"business": slug} | more)
    assert answer.status_code == 200, answer.content
    if "csrftoken" in browser.cookies and answer.cookies:
        follow_token(browser)
    url: str = answer.json()["url"]
    return url


def finish(browser: APIClient, business: UUID, back: dict[str, str]) -> Any:
    """Hand the provider's answer in."""
    answer = browser.post(FINISH, {"business": str(business)} | back)
    if answer.cookies:
        follow_token(browser)
    return answer


def sign_in_by(
    browser: APIClient, provider: Provider, business: UUID, person: Token | None = None, slug: str = "bakery"
) -> Any:
    """All of it: there, and back again."""
    return finish(browser, business, provider.authorize(started(browser, slug), person))


def code_of(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json().get("cause") or answer.json()["code"]
