"""Twin-tenant replay: every operation, asked by people of another business with Alice's ids in it.

Alice's rows carry a canary in every free text. An attempt succeeds when its status is none of the refusals,
when the answer or a line of the log holds a canary, when it can be told from an attempt with an id that
nobody has, or when anything of Alice's has changed, whatever was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zlib import crc32

from django.db import connection
from rest_framework.test import APIClient

from dott.platform.identity import roles
from tests.attacks import described, over_http
from tests.attacks.conftest import Log
from tests.attacks.described import NOBODYS
from tests.attacks.inventory import Operation
from tests.attacks.on_models import InTenant, tenant_models
from tests.attacks.report import Report, comparable, describe, problem

BOB_REFUSED = frozenset({404})
_REFUSED = frozenset({401, 403, 404})

# Names that whoever asks gives to what is made; they mean no record.
_CHOSEN = {"receipt"}


@dataclass(frozen=True)
class Persona:
    """Somebody who has no business in Alice's. refusals: what she is answered when she names a row of it."""

    name: str
    client: APIClient
    refusals: frozenset[int] = _REFUSED
    is_signed_in: bool = True


@dataclass(frozen=True)
class Victims:
    """Alice's side. rows: of each model, its rows; texts: the canaries; cursors: of her lists, by path."""

    rows: dict[type, list[UUID]]
    texts: frozenset[str]
    cursors: dict[str, str]

    def ids(self, operation: Operation, subject: UUID, others: int) -> list[UUID]:
        """The ids to put into the operation's path: its own kind's, then `others` rows of other kinds."""
        own = [subject, *self.rows.get(operation.model(), ())]
        return list(dict.fromkeys([*own, *self.some(str(operation), others)]))

    def some(self, salt: str, count: int) -> list[UUID]:
        """One row each of `count` kinds; which ones depends on the salt, when there are more."""
        ids = [rows[0] for rows in self.rows.values()]
        first = crc32(salt.encode()) % len(ids)
        return [*ids[first:], *ids[:first]][:count]


class Replay:
    """One run. others: how many rows of other kinds stand in each path. at_once: after how many operations
    Alice's tables are compared."""

    def __init__(
        self,
        report: Report,
        victims: Victims,
        log: Log,
        in_tenant: InTenant,
        others: int = 30,
        at_once: int = 1,
    ) -> None:
        self.report = report
        self.victims = victims
        self.log = log
        self.in_tenant = in_tenant
        self.others = others
        self.at_once = at_once

    def run(self, targets: list[Operation], personas: list[Persona], subject: over_http.Subject) -> None:
        """Everything, on every operation that needs a session."""
        closed = [operation for operation in targets if operation.least != roles.ANYONE]
        for operation in closed:
            if operation.names_record:
                subject(operation, "alice")
        before = self.checksums()
        for first in range(0, len(closed), self.at_once):
            group = closed[first : first + self.at_once]
            for operation in group:
                self.attack(operation, personas, subject)
            after = self.checksums()
            changed = sorted(table for table in before if before[table] != after[table])
            self.report.expect(not changed, f"{', '.join(map(str, group))} changed Alice's {changed}")
            before = after

    def attack(self, operation: Operation, personas: list[Persona], subject: over_http.Subject) -> None:
        """Everybody on one operation."""
        for persona in personas:
            if operation.names_record:
                self.paths(operation, persona, subject(operation, "alice"))
            if persona.is_signed_in:
                self.queries(operation, persona, subject)
                self.bodies(operation, persona, subject)

    def paths(self, operation: Operation, persona: Persona, alices: UUID) -> None:
        """Her ids where the operation names a record."""
        body = described.example_body(operation)
        random = over_http.send(persona.client, operation, operation.url(NOBODYS), body)
        for id_ in self.victims.ids(operation, alices, self.others):
            response = over_http.send(persona.client, operation, operation.url(id_), body)
            what = f"{persona.name} {operation} of {id_}"
            refused = response.status_code in persona.refusals and problem(response) is not None
            self.report.expect(
                refused and not self.seen(response) and comparable(response) == comparable(random),
                f"{what}: {describe(response)}, a random id {describe(random)}",
            )

    def queries(self, operation: Operation, persona: Persona, subject: over_http.Subject) -> None:
        """Her ids in each parameter that takes one, and her cursor."""
        if operation.method != "GET" or (operation.names_record and persona.name != "bob"):
            return
        url = over_http.url_of(operation, subject, "bob")
        for name, schema in described.query_parameters(operation):
            if name == "cursor" and operation.path in self.victims.cursors:
                self.query(persona, operation, url, {name: self.victims.cursors[operation.path]}, None)
            if name in _CHOSEN:
                continue
            if schema.get("format") == "uuid" or schema.get("items", {}).get("format") == "uuid":
                for id_ in self.victims.some(f"{operation} {name}", self.others):
                    self.query(persona, operation, url, {name: str(id_)}, {name: NOBODYS})

    def query(
        self,
        persona: Persona,
        operation: Operation,
        url: str,
        given: dict[str, str],
        random: dict[str, str] | None,
    ) -> None:
        """One question with something of hers in it."""
        response = over_http.send(persona.client, operation, f"{url}?{urlencode(given)}")
        same = True
        if random is not None:
            nobodys = over_http.send(persona.client, operation, f"{url}?{urlencode(random)}")
            same = nobodys.status_code == response.status_code
        seen = self.seen(response)
        self.report.expect(
            same and not seen and response.status_code < 500,
            f"{persona.name} {operation}?{urlencode(given)}: {seen or describe(response)}",
        )

    def bodies(self, operation: Operation, persona: Persona, subject: over_http.Subject) -> None:
        """Her ids in each reference of the body."""
        types = described.media_types(operation)
        if not types or (operation.names_record and persona.name != "bob"):
            return
        url = over_http.url_of(operation, subject, "bob")
        for name, field in over_http.references_in(operation):
            for id_ in self.victims.some(f"{operation} {name}", self.others):
                body = over_http.body_naming(name, field, id_)
                response = over_http.send_as_read(persona.client, operation, url, body, types)
                refused = response.status_code in {400, 401, 403, 404, 409} and not self.seen(response)
                self.report.expect(refused, f"{persona.name} {operation} {name}: {describe(response)}")

    def seen(self, response: Any) -> list[str]:
        """The canaries in an answer and in what was logged meanwhile."""
        text = over_http.content_of(response) + repr(sorted(response.headers.items())) + self.log.taken()
        return sorted(canary for canary in self.victims.texts if canary in text)

    def checksums(self) -> dict[str, str]:
        """Of each of Alice's tables."""
        with self.in_tenant("alice") as alice, connection.cursor() as cursor:
            parts = [
                f"SELECT '{table}', md5(coalesce(string_agg({name}::text, '|' ORDER BY id), ''))"
                f' FROM {name} WHERE {name}."tenant_id" = %s'
                for table, name in ((table, connection.ops.quote_name(table)) for table in tables())
            ]
            cursor.execute(" UNION ALL ".join(parts), [alice.tenant_id] * len(parts))
            return dict(cursor.fetchall())


def tables() -> Iterator[str]:
    """The tables of tenants' rows, by name."""
    yield from sorted(model._meta.db_table for model in tenant_models())
