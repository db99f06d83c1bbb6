"""config.env: what a process is told by its environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "DATABASE_URL"


@pytest.fixture(autouse=True)
def _of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv("DOTT_DATABASE_NETWORK", raising=False)


def test_a_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(secret))

    assert env.required(NAME) == "s3cret"


def test_a_missing_value_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL \(or DATABASE_URL_FILE\) is not set"):
        env.required(NAME)


def test_a_url_becomes_djangos_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgresql://dott_app:p%40ss@/dott?host=/run/pg&port=5433&connect_timeout=3")

    entry = env.database(NAME, {"pool": True})

    assert entry == {
        "ENGINE": "dott.platform.tenancy.backend",
        "NAME": "dott",
        "USER": "dott_app",
        "PASSWORD": "p@ss",
        "HOST": "/run/pg",
        "PORT": "5433",
        "OPTIONS": {"pool": True, "connect_timeout": "3"},
    }


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p@db.example.com/dott?sslmode=verify-full",
        "postgresql://u:p@127.0.0.1:5432/dott",
        "postgresql://u:p@localhost/dott",
        "postgresql://u:p@/dott?host=/run/pg",
    ],
)
def test_a_server_that_is_here_or_proves_itself_is_taken(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(NAME, address)

    assert env.database(NAME, {})["NAME"] == "dott"


@pytest.mark.asvs("12.3.2")
@pytest.mark.parametrize("mode", ["", "?sslmode=disable", "?sslmode=require", "?sslmode=verify-ca"])
def test_a_far_server_without_proof_is_refused(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """ASVS 12.3.2: anybody on the way could be the server."""
    monkeypatch.setenv(NAME, f"postgresql://u:p@db.example.com/dott{mode}")

    with pytest.raises(ImproperlyConfigured, match=r"db\.example\.com without proof"):
        env.database(NAME, {})


def test_a_private_network_has_to_be_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgresql://u:p@db/dott")
    monkeypatch.setenv("DOTT_DATABASE_NETWORK", "private")

    assert env.database(NAME, {})["HOST"] == "db"


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "mysql://u:p@localhost/dott")

    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database(NAME, {})
