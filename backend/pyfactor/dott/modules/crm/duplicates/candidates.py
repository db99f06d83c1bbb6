"""Records that may be the one that somebody is typing, or one that is there already.

One statement. Each way to a candidate is an index scan of a bounded number of rows, so it takes as long in a
business of a million as in one of a thousand; what the ways find is judged by the reasons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.duplicates.reasons import OFFERED
from dott.modules.crm.duplicates.subjects import Subject, columns
from dott.modules.crm.phones import PhoneError, to_e164
from dott.platform.tenancy.context import current
from dott.platform.tenancy.visibility import condition_on

# Rows that one way may bring.
FOUND = 50
# Names that sound alike: so many on either side.
NEAR = 25
# Shorter beginnings of names are everybody's.
BEGINNING_MIN_LENGTH = 3
_PHONE_MIN_DIGITS = 6
_RECORDS = "SELECT r.id FROM {table} r WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record in use, and why it may be the one. shown: Subject.offered. reasons: codes of its reasons."""

    id: UUID
    shown: dict[str, Any]
    reasons: list[str]
    score: int


def find_candidates(
    subject: Subject, values: Mapping[str, str], *, kind: str = "person", of: UUID | None = None, limit: int
) -> list[Candidate]:
    """Records of the active tenant that may be one with these values, the likeliest first.

    values: of Subject.compared, as typed; "" for nothing. kind: of its names. of: a record that is there
    already: it is not found, nor is any of which somebody has said that it is another one. One round trip.
    """
    params = _params(subject, values, kind)
    params |= {"tenant": current().tenant_id, "of": of, "least": OFFERED, "limit": limit}
    name = subject.names[kind]
    ways = _ways(subject, params, name)
    if not ways:
        return []
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_statement(subject, ways, name), params)
        return [_candidate(subject, row) for row in cursor.fetchall()]


def phone_digits(text: str, country: str) -> str:
    """A number as it is compared: with country code where it can be told, else without leading zeros."""
    try:
        return to_e164(text, country).lstrip("+")
    except PhoneError:
        digits = re.sub(r"[^0-9]", "", text).lstrip("0")
        return digits if len(digits) >= _PHONE_MIN_DIGITS else ""


def _params(subject: Subject, values: Mapping[str, str], kind: str) -> dict[str, Any]:
    params: dict[str, Any] = {name: values.get(name, "") for name in subject.compared}
    persons = f"{params['first_name']} {params['last_name']}".strip()
    params["name"] = (params["business_name"] if kind == "business" else persons).strip()
    country = params.get("billing_country", "")
    params["phone_digits"] = phone_digits(params["phone"], country) if params["phone"] else ""
    if params.get("website") and "://" not in params["website"]:
        params["website"] = f"https://{params['website']}"
    return params


def _ways(subject: Subject, params: Mapping[str, Any], name: str) -> list[str]:
    """A SELECT of ids each; empty when nothing was typed that one could look for."""
    records = f"{_RECORDS.format(table=subject.table)} AND {condition_on(subject.model, 'r')}"
    ways = [
        f"{records} AND r.{key} <> '' AND r.{key} = {subject.keys[key].replace('{name}', name)} LIMIT {FOUND}"
        for key, needed in subject.ways.items()
        if any(params[one] for one in needed)
    ]
    if len(params["name"]) >= BEGINNING_MIN_LENGTH:
        begins = "r.name_key ^@ left(app.search_key(%(name)s), 200)"
        ways.append(f"{records} AND {begins} ORDER BY r.name_key, r.id LIMIT {FOUND}")
    if params["name"]:
        # What sounds much alike stands near to each other in the order of sounds.
        sound = subject.keys["sound_key"].replace("{name}", name)
        near = f"{records} AND r.sound_key <> ''"
        ways += [
            f"{near} AND r.sound_key >= {sound} ORDER BY r.sound_key, r.id LIMIT {NEAR}",
            f"{near} AND r.sound_key < {sound} ORDER BY r.sound_key DESC, r.id DESC LIMIT {NEAR}",
        ]
    return ways


def _statement(subject: Subject, ways: list[str], name: str) -> str:
    typed = ", ".join(f"({sql.replace('{name}', name)})::text AS {key}" for key, sql in subject.keys.items())
    found = " UNION ".join(f"({way})" for way in ways)
    return f"""
WITH typed AS MATERIALIZED (SELECT {typed}),
found AS ({found})
SELECT {columns(subject.offered, "b")}, why.reasons, why.score
  FROM typed AS a
 CROSS JOIN found
  JOIN {subject.table} AS b ON b.tenant_id = %(tenant)s AND b.id = found.id
  {subject.judged}
 WHERE b.deleted_at IS NULL AND b.id IS DISTINCT FROM %(of)s::uuid AND why.score >= %(least)s
   AND NOT EXISTS (SELECT FROM {subject.distinction._meta.db_table} d
                    WHERE d.tenant_id = %(tenant)s AND d.first_id = least(b.id, %(of)s::uuid)
                      AND d.second_id = greatest(b.id, %(of)s::uuid))
 ORDER BY why.score DESC, b.updated_at DESC, b.id
 LIMIT %(limit)s"""  # noqa: S608  (constants)


def _candidate(subject: Subject, row: tuple[Any, ...]) -> Candidate:
    *values, reasons, score = row
    shown = subject.shown(subject.offered, tuple(values))
    return Candidate(shown["id"], shown, list(reasons), score)
