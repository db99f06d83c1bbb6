"""What the web half is given of the environment."""

import pytest

from launcher import web_env


def test_the_web_half_is_given_no_secret_but_the_name_of_the_session_cookie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DATABASE_URL", "DJANGO_SECRET_KEY", "DOTT_DEMO_PASSWORD", "NODE_ENV"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("DOTT_SESSION_COOKIE_NAME", "__Host-sid")
    given = web_env.environment({"PORT": "3000"})
    assert "secret" not in given.values()
    assert given["DOTT_SESSION_COOKIE_NAME"] == "__Host-sid"
    assert given["PORT"] == "3000"
