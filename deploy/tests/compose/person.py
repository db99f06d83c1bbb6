"""Somebody who uses Dott through the API: signs up by mail, opens a business, has customers."""

import json
import secrets
from http.cookies import SimpleCookie
from typing import Any

from door import Answer
from stack import Stack

AUTH = "/api/auth/browser/v1/auth"


class Person:
    """Cookies and token of one browser."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.email = f"anna.{secrets.token_hex(4)}@example.org"
        self.password = secrets.token_urlsafe(16)
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """A request as our own page would make it."""
        sent = {"Cookie": self.cookie, "Origin": self.stack.door.origin, "Content-Type": "application/json"}
        if method != "GET":
            sent["X-CSRFToken"] = self.call("GET", "/api/auth/csrf/").json["csrf_token"]
            sent["Cookie"] = self.cookie
        content = None if body is None else json.dumps(body).encode()
        answer = self.stack.door.fetch(path, method=method, headers=sent | headers, body=content)
        for text in answer.headers.get("set-cookie", "").splitlines():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
        return answer

    def post(self, path: str, body: object, *, status: int) -> Any:
        answer = self.call("POST", path, body)
        assert answer.status == status, answer.body
        return answer.json

    def sign_up(self) -> "Person":
        """An account, confirmed, with a business."""
        account = {"email": self.email, "password": self.password, "name": "Anna Berg"}
        self.post(f"{AUTH}/signup", account, status=401)  # the code is asked for next
        self.post(f"{AUTH}/email/verify", {"key": self.stack.mail_code(self.email)}, status=200)
        self.post("/api/tenants/", {"name": "Berg Lanterns", "country": "DE", "currency": "EUR"}, status=201)
        return self

    def add_customer(self, name: str) -> None:
        self.post("/api/crm/customers/", {"kind": "business", "business_name": name}, status=201)

    def customers(self) -> list[str]:
        answer = self.call("GET", "/api/crm/customers/")
        assert answer.status == 200, answer.body
        return sorted(row["business_name"] for row in answer.json["results"])
