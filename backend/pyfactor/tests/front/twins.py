"""The same write through the front and through Django, and what is left of each."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from dott.platform.api.plans.front import Front
from dott.platform.identity.csrf import csrf_secret
from dott.platform.realtime.publisher import publisher
from tests.front.support import LIST, Answer, ask

_VARYING = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb"|\d{4}-\d\d-\d\d[T ][0-9:.]+(?:Z|\+00:00)|C-\d{6}|expires=[^;]+"
)
_WRITTEN = """
    SELECT jsonb_build_array(s.kind, s.actor_id, s.reason, s.event, s.details, s.undoes_id,
                             c.entity, c.operation, c.before, c.after - 'number')::text
      FROM history_change_set s
      LEFT JOIN history_change c ON c.change_set_id = s.id AND c.tenant_id = s.tenant_id
     WHERE s.tenant_id = app.tenant_id() AND s.request_id = %s ORDER BY c.id"""
_TO_DO = """
    SELECT jsonb_build_array(kind, state, args)::text FROM jobs_job
     WHERE tenant_id = app.tenant_id() AND kind <> 'history.seal' ORDER BY id"""
_ROW = """
    SELECT (to_jsonb(c) - 'id' - 'number' - 'search_text' - 'created_at' - 'updated_at')::text
      FROM crm_customer c WHERE tenant_id = app.tenant_id() AND id = %s"""
_KEPT = """
    SELECT jsonb_build_array(membership_id, route, encode(fingerprint, 'hex'), status, headers,
                             convert_from(body, 'UTF8'), created_at > now() - interval '1 minute')::text
      FROM api_idempotency_key WHERE tenant_id = app.tenant_id() AND key = %s ORDER BY created_at, id"""
_LINKS = "SELECT count(*)::text FROM crm_customer_tag WHERE tenant_id = app.tenant_id() AND customer_id = %s"


class Outcome(NamedTuple):
    """What is left of a write; without what no two writes have in common."""

    status: str
    headers: Any
    body: bytes
    messages: list[bytes]
    database: list[bytes]


class Twins:
    """The same write through the front and through Django."""

    def __init__(self, world: Any, in_tenant: Callable[[str], Any], monkeypatch: Any) -> None:
        self.world, self.in_tenant = world, in_tenant
        self.django = WSGIHandler()
        self.front = Front(self.django)
        self.said: list[bytes] = []
        self.numbers = count(1)
        monkeypatch.setattr(publisher, "publish", lambda *said: self.said.append(repr(said).encode()))

    def write(
        self,
        name: str,
        method: str,
        paths: tuple[str, str],
        body: bytes,
        keeper: str = "alice",
        **headers: str,
    ) -> Answer:
        """The front's answer, after its outcome was found to be that of Django's. name: who asks. headers:
        with {twin} for what has to be different for both, as an Idempotency-Key."""
        results = [
            self._outcome(application, name, method, path, body, keeper, _told_apart(headers, twin))
            for application, path, twin in zip((self.front, self.django), paths, "fd", strict=True)
        ]
        (answer, ours), (_, theirs) = results
        assert ours == theirs, (name, method, body, headers)
        return answer

    def _outcome(
        self,
        application: Any,
        name: str,
        method: str,
        path: str,
        body: bytes,
        keeper: str,
        headers: dict[str, str],
    ) -> tuple[Answer, Outcome]:
        token, named = self.world[name].token, f"request-{next(self.numbers):05}"
        sent = {
            "HTTP_ORIGIN": settings.PUBLIC_ORIGIN,
            "HTTP_X_CSRFTOKEN": csrf_secret(token),
            "HTTP_X_REQUEST_ID": named,
            **headers,
        }
        self.said.clear()
        with self.in_tenant(keeper):
            before = _lines(_TO_DO)
        answer = ask(
            application, token, path, method, body, **{k: v for k, v in sent.items() if v is not None}
        )
        written = path.removeprefix(LIST).strip("/") or (
            answer.json["id"] if answer.status.startswith("201") else None
        )
        with self.in_tenant(keeper):
            left = [*_lines(_WRITTEN, named), *_lines(_TO_DO)[len(before) :]]
            if key := sent.get("HTTP_IDEMPOTENCY_KEY"):
                left += _lines(_KEPT, key.strip().strip('"'))
            if written and path.startswith(LIST):
                left += [*_lines(_ROW, written), *_lines(_LINKS, written)]
        return answer, Outcome(
            answer.status,
            [(key, _even(value.encode(), named)) for key, value in answer.headers],
            _even(answer.body, named),
            [_even(said, named) for said in self.said],
            [_even(line, named) for line in left],
        )


def _told_apart(headers: dict[str, str], twin: str) -> dict[str, str]:
    return {name: value and value.replace("{twin}", twin) for name, value in headers.items()}


def _lines(sql: str, *params: Any) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [line.encode() for (line,) in cursor.fetchall()]


def _even(text: bytes, named: str) -> bytes:
    return _VARYING.sub(b"*", text.replace(named.encode(), b"*"))
