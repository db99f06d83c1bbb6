"""Customers that may be the one that somebody is typing, or one that is there already.

One statement. Each way to a candidate is an index scan of a bounded number of rows, so it takes as long in a
business of a million as in one of a thousand; what the ways find is judged by the reasons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.duplicates.reasons import JUDGED, OFFERED
from dott.modules.crm.models import Customer
from dott.modules.crm.models.numbers import account_number
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

# What a candidate is compared in, by the names of the customer's fields.
COMPARED = (
    "business_name", "first_name", "last_name", "email", "phone", "website", "tax_id", "external_id",
    "billing_line1", "billing_postal_code", "billing_city", "billing_country",
)  # fmt: skip

_BUSINESS = "app.match_name(%(business_name)s)"
_PERSON = (
    "app.match_name(least(lower(%(first_name)s), lower(%(last_name)s)) || ' ' ||"
    " greatest(lower(%(first_name)s), lower(%(last_name)s)))"
)
# reasons.KEYS of what was typed, in the customer's own generated columns' words (models/keys.py).
_KEYS = {
    "match_name": "{name}",
    "sound_key": "app.name_sound({name})",
    "email_key": "lower(%(email)s)",
    "phone_key": "%(phone_digits)s",
    "tax_key": "regexp_replace(upper(%(tax_id)s), '[^0-9A-Z]', '', 'g')",
    "domain_key": "app.own_domain(%(website)s, %(email)s)",
    "external_id": "%(external_id)s",
    "billing_line1": "%(billing_line1)s",
    "billing_postal_code": "%(billing_postal_code)s",
    "city_key": "left(app.search_key(%(billing_city)s), 200)",
}
# Key → the values without which there is nothing to look for by it.
_WAYS = {
    "sound_key": ("name",),
    "email_key": ("email",),
    "phone_key": ("phone_digits",),
    "tax_key": ("tax_id",),
    "domain_key": ("website", "email"),
    "external_id": ("external_id",),
}
_CUSTOMERS = "SELECT r.id FROM crm_customer r WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL"
_SHOWN = "b.id, b.number, b.kind, b.display_name, b.email, b.phone, b.phone_raw, b.billing_city"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer in use, and why it may be the one. reasons: codes of reasons.REASONS."""

    id: UUID
    account_number: str
    kind: str
    display_name: str
    email: str
    phone: str
    billing_city: str
    reasons: list[str]
    score: int


def find_candidates(
    values: Mapping[str, str], *, kind: str, of: UUID | None = None, limit: int
) -> list[Candidate]:
    """Customers of the active tenant that may be one with these values, the likeliest first.

    values: of COMPARED, as typed; "" for nothing. of: a customer that is there already: it is not found, nor
    is any of which somebody has said that it is another one. One round trip.
    """
    params = _params(values, kind)
    params |= {"tenant": current().tenant_id, "of": of, "least": OFFERED, "limit": limit}
    ways = _ways(params, name=_PERSON if kind == "person" else _BUSINESS)
    if not ways:
        return []
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_statement(ways, kind), params)
        return [_candidate(row) for row in cursor.fetchall()]


def phone_digits(text: str, country: str) -> str:
    """A number as it is compared: with country code where it can be told, else without leading zeros."""
    try:
        return to_e164(text, country).lstrip("+")
    except PhoneError:
        digits = re.sub(r"[^0-9]", "", text).lstrip("0")
        return digits if len(digits) >= _PHONE_MIN_DIGITS else ""


def _params(values: Mapping[str, str], kind: str) -> dict[str, Any]:
    params: dict[str, Any] = {name: values.get(name, "") for name in COMPARED}
    persons = f"{params['first_name']} {params['last_name']}".strip()
    params["name"] = (params["business_name"] if kind == "business" else persons).strip()
    params["phone_digits"] = (
        phone_digits(params["phone"], params["billing_country"]) if params["phone"] else ""
    )
    if params["website"] and "://" not in params["website"]:
        params["website"] = f"https://{params['website']}"
    return params


def _ways(params: Mapping[str, Any], *, name: str) -> list[str]:
    """A SELECT of ids each; empty when nothing was typed that one could look for."""
    customers = f"{_CUSTOMERS} AND {condition_on(Customer, 'r')}"
    ways = [
        f"{customers} AND r.{key} <> '' AND r.{key} = {_KEYS[key].replace('{name}', name)} LIMIT {FOUND}"
        for key, needed in _WAYS.items()
        if any(params[one] for one in needed)
    ]
    if len(params["name"]) >= BEGINNING_MIN_LENGTH:
        begins = "r.name_key ^@ left(app.search_key(%(name)s), 200)"
        ways.append(f"{customers} AND {begins} ORDER BY r.name_key, r.id LIMIT {FOUND}")
    if params["name"]:
        # What sounds much alike stands near to each other in the order of sounds.
        sound = _KEYS["sound_key"].replace("{name}", name)
        near = f"{customers} AND r.sound_key <> ''"
        ways += [
            f"{near} AND r.sound_key >= {sound} ORDER BY r.sound_key, r.id LIMIT {NEAR}",
            f"{near} AND r.sound_key < {sound} ORDER BY r.sound_key DESC, r.id DESC LIMIT {NEAR}",
        ]
    return ways


def _statement(ways: list[str], kind: str) -> str:
    name = _PERSON if kind == "person" else _BUSINESS
    typed = ", ".join(f"({sql.replace('{name}', name)})::text AS {key}" for key, sql in _KEYS.items())
    found = " UNION ".join(f"({way})" for way in ways)
    return f"""
WITH typed AS MATERIALIZED (SELECT {typed}),
found AS ({found})
SELECT {_SHOWN}, why.reasons, why.score
  FROM typed AS a
 CROSS JOIN found
  JOIN crm_customer AS b ON b.tenant_id = %(tenant)s AND b.id = found.id
  {JUDGED}
 WHERE b.deleted_at IS NULL AND b.id IS DISTINCT FROM %(of)s::uuid AND why.score >= %(least)s
   AND NOT EXISTS (SELECT FROM crm_distinction d
                    WHERE d.tenant_id = %(tenant)s AND d.first_id = least(b.id, %(of)s::uuid)
                      AND d.second_id = greatest(b.id, %(of)s::uuid))
 ORDER BY why.score DESC, b.updated_at DESC, b.id
 LIMIT %(limit)s"""  # noqa: S608  (constants)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    id_, number, kind, name, email, phone, phone_raw, city, reasons, score = row
    return Candidate(
        id_, account_number(number), kind, name, email, phone or phone_raw, city, list(reasons), score
    )
