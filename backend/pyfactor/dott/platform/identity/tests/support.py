"""What the identity tests share: the journey's addresses, and the code in the last mail."""

import re
import threading
from typing import Any

from django.core import mail
from django.db import connections
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy.router import AUTH
from tests.world import PASSWORD

ACCOUNTS = "/api/auth/browser/v1"
SIGN_UP = f"{ACCOUNTS}/auth/signup"
SIGN_IN = f"{ACCOUNTS}/auth/login"
SESSION = f"{ACCOUNTS}/auth/session"
VERIFY = f"{ACCOUNTS}/auth/email/verify"
RESEND = f"{ACCOUNTS}/auth/email/verify/resend"
REQUEST_RESET = f"{ACCOUNTS}/auth/password/request"
RESET = f"{ACCOUNTS}/auth/password/reset"
CHANGE = f"{ACCOUNTS}/account/password/change"
ME = "/api/auth/me/"
NEW_PASSWORD = "purple donkey over the hedge"


def mailed_code() -> str:
    """The code in the newest mail."""
    found = re.search(r"^\s+([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def sign_in(browser: APIClient, name: str, password: str = PASSWORD) -> Any:
    """Sign a person of the world in; the CSRF token follows the session as in the web UI."""
    response = browser.post(SIGN_IN, {"email": f"{name}@example.com", "password": password})
    follow_token(browser)
    return response


def follow_token(browser: APIClient) -> None:
    """Send the CSRF token of the cookie, as the web UI does."""
    browser.credentials(
        HTTP_X_CSRFTOKEN=browser.cookies["csrftoken"].value, HTTP_ORIGIN="http://localhost:3000"
    )


def token_of(browser: APIClient) -> str:
    """The session token in the browser, "" when there is none."""
    return browser.cookies["sid"].value if "sid" in browser.cookies else ""


def row_of(browser: APIClient) -> Session:
    """The row behind the browser's token."""
    return Session.objects.get(token_hash=stored_hash(token_of(browser)))


def age(browser: APIClient, column: str, interval: str) -> None:
    """Move a time of the browser's session into the past, as the database counts it."""
    with connections[AUTH].cursor() as cursor:
        cursor.execute(
            f"UPDATE identity_session SET {column} = {column} - %s::interval WHERE token_hash = %s",
            [interval, stored_hash(token_of(browser))],
        )


def simultaneously(path: str, bodies: list[dict[str, str]], session_token: str = "") -> list[Any]:
    """One browser for each body, each on its own connection, all starting together."""
    barrier = threading.Barrier(len(bodies))
    answers: list[Any] = []

    def attempt(body: dict[str, str]) -> None:
        client = browser(session_token)
        barrier.wait()
        try:
            answers.append(client.post(path, body))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
