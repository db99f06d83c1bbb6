"""The only reader of the process environment in the backend.

Every value NAME may instead be given as NAME_FILE, the path of a file that holds it (Docker and
systemd secrets). A missing value that has no safe default stops the process with one sentence.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def optional(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file NAME_FILE, or the default."""
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return default


def required(name: str) -> str:
    """Like optional, but a missing or empty value raises ImproperlyConfigured."""
    value = optional(name)
    if not value:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) is not set. Start through ./dott, or set it.")
    return value


def flag(name: str) -> bool:
    """True when NAME is 1, true, yes or on."""
    return optional(name).lower() in {"1", "true", "yes", "on"}


def integer(name: str, default: int) -> int:
    """The value of NAME as an integer."""
    text = optional(name)
    return int(text) if text else default


def database(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Django's DATABASES entry from a URL `postgresql://user:password@host:port/name?host=/socket/dir`.

    Query parameters other than host and port go to libpq as they are (sslmode, sslrootcert, …), after
    the options. A server reached over TCP on another machine must prove who it is (ASVS 12.3.2): without
    sslmode=verify-full the process stops, unless DOTT_DATABASE_NETWORK=private says that nobody else is on
    the way.
    """
    parts = urlsplit(required(name))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{name} must be a postgresql:// URL.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", parts.hostname or "")
    if not (
        host.startswith("/")
        or host in {"", "localhost", "127.0.0.1", "::1"}
        or query.get("sslmode") == "verify-full"
        or optional("DOTT_DATABASE_NETWORK") == "private"
    ):
        raise ImproperlyConfigured(
            f"{name} leads to {host} without proof of who answers there. Add sslmode=verify-full (and "
            "sslrootcert), use a socket (?host=/folder), or set DOTT_DATABASE_NETWORK=private when no "
            "stranger is on the network between."
        )
    return {
        "ENGINE": "dott.platform.tenancy.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": options | query,
    }
