"""Reading a small document that a stranger serves, within the same bounds as a POST to him (client.py)."""

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from dott.platform.egress.client import (
    TOTAL_TIMEOUT_S,
    _Clock,
    _connected,
    _Reader,
    _request,
    _TooLarge,
)
from dott.platform.egress.resolving import Unresolved
from dott.platform.egress.target import Refused, Target, parse_target


@dataclass(frozen=True, slots=True)
class Document:
    """What came back, whatever its status. content_type: without parameters, in lower case."""

    status: int
    content_type: str
    body: bytes


class FetchFailed(Exception):
    """Nothing came back. code: as Answer.error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fetch(method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Document:
    """One exchange; no redirect is followed. Raises FetchFailed for all that can go wrong on the way."""
    try:
        return _exchange(method, parse_target(url), headers, body)
    except Refused as refused:
        raise FetchFailed(refused.code) from None
    except Unresolved:
        raise FetchFailed("name_unknown") from None
    except _TooLarge:
        raise FetchFailed("answer_too_large") from None
    except TimeoutError:
        raise FetchFailed("timeout") from None
    except ssl.SSLError:
        raise FetchFailed("tls_failed") from None
    except (http.client.HTTPException, ValueError):
        raise FetchFailed("answer_malformed") from None
    except OSError:
        raise FetchFailed("connection_failed") from None


def _exchange(method: str, target: Target, headers: Mapping[str, str], body: bytes) -> Document:
    request = _request(target, headers, body, method)
    clock = _Clock(time.monotonic() + TOTAL_TIMEOUT_S)
    with _connected(target, clock) as connection:
        connection.settimeout(clock.left())
        connection.sendall(request)
        response = http.client.HTTPResponse(_Reader(connection, clock), method=method)  # type: ignore[arg-type]  # all it needs of a socket
        response.begin()
        content = response.read()
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Document(response.status, kind, content)
