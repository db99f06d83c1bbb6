"""The kinds of record that may be there twice, and what each is compared in. All SQL is constant.

A fragment about a record calls it {r}; one about what somebody typed names the values as %(field)s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dott.modules.crm.duplicates.reasons import OF_CONTACTS, OF_CUSTOMERS, SEEN_LINK, Reason, judged
from dott.modules.crm.models import (
    Contact,
    ContactDistinction,
    ContactPair,
    Customer,
    CustomerContact,
    Distinction,
    DuplicatePair,
)
from dott.modules.crm.models.numbers import account_number
from dott.platform.tenancy.visibility import condition_on

# In what is shown: that the acting member sees the customer `c`.
SEEN_CUSTOMER = ":seen_customer"


@dataclass(frozen=True, slots=True)
class Subject:
    """entity: word of the scan. pair, distinction: the models that hold two of the kind. compared: fields
    that are typed or read off a record.

    names: record's kind → SQL of the match name of what was typed. keys: columns that reasons compare → SQL
    of the same of what was typed, {name} for its name. ways: those keys by which candidates are found → the
    values without which there is nothing to look for. strong, weak: keys by which the report searches; what
    many have in common is cut in the one case and left out in the other. offered, reported: what is shown.
    """

    entity: str
    model: type[Any]
    pair: type[Any]
    distinction: type[Any]
    reasons: tuple[Reason, ...]
    compared: tuple[str, ...]
    names: Mapping[str, str]
    keys: Mapping[str, str]
    ways: Mapping[str, tuple[str, ...]]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    offered: Mapping[str, str]
    reported: Mapping[str, str]

    @property
    def table(self) -> str:
        """The records' table."""
        return str(self.model._meta.db_table)

    @property
    def judged(self) -> str:
        """reasons.judged() of its reasons, for what the acting member sees."""
        return judged(self.reasons).replace(SEEN_LINK, condition_on(CustomerContact, "x"))

    def shown(self, names: Mapping[str, str], values: tuple[Any, ...]) -> dict[str, Any]:
        """What is shown of a record, from the columns that `columns` asked for."""
        shown = dict(zip(names, values, strict=True))
        if "account_number" in shown:
            shown["account_number"] = account_number(shown["account_number"])
        return shown


def columns(names: Mapping[str, str], record: str) -> str:
    """The SQL of what is shown of a record of that name in the statement."""
    seen = condition_on(Customer, "c")
    return ", ".join(sql.replace("{r}", record).replace(SEEN_CUSTOMER, seen) for sql in names.values())


def _plain(*names: str) -> dict[str, str]:
    return {name: f"{{r}}.{name}" for name in names}


_PERSON = (
    "app.match_name(least(lower(%(first_name)s), lower(%(last_name)s)) || ' ' ||"
    " greatest(lower(%(first_name)s), lower(%(last_name)s)))"
)
_PHONE_SHOWN = {"phone": "coalesce(nullif({r}.phone, ''), {r}.phone_raw)"}
_KEYS_OF_ALL = {
    "match_name": "{name}",
    "sound_key": "app.name_sound({name})",
    "email_key": "lower(%(email)s)",
    "phone_key": "%(phone_digits)s",
    "external_id": "%(external_id)s",
}
_WAYS_OF_ALL = {
    "sound_key": ("name",),
    "email_key": ("email",),
    "phone_key": ("phone_digits",),
    "external_id": ("external_id",),
}

CUSTOMERS = Subject(
    entity="customer",
    model=Customer,
    pair=DuplicatePair,
    distinction=Distinction,
    reasons=OF_CUSTOMERS,
    compared=(
        "business_name", "first_name", "last_name", "email", "phone", "website", "tax_id", "external_id",
        "billing_line1", "billing_postal_code", "billing_city", "billing_country",
    ),
    names={"business": "app.match_name(%(business_name)s)", "person": _PERSON},
    keys=_KEYS_OF_ALL | {
        "tax_key": "regexp_replace(upper(%(tax_id)s), '[^0-9A-Z]', '', 'g')",
        "domain_key": "app.own_domain(%(website)s, %(email)s)",
        "billing_line1": "%(billing_line1)s",
        "billing_postal_code": "%(billing_postal_code)s",
        "city_key": "left(app.search_key(%(billing_city)s), 200)",
    },
    ways=_WAYS_OF_ALL | {"tax_key": ("tax_id",), "domain_key": ("website", "email")},
    # A name or a domain that many have is a common one and says nothing.
    strong=("tax_key", "email_key", "phone_key"),
    weak=("sound_key", "domain_key"),
    offered=_plain("id") | {"account_number": "{r}.number"} | _plain("kind", "display_name", "email")
    | _PHONE_SHOWN | _plain("billing_city"),
    reported=_plain("id") | {"account_number": "{r}.number"} | _plain("kind", "display_name", "email")
    | _PHONE_SHOWN
    | _plain(
        "website", "tax_id", "billing_city", "billing_country", "created_at", "updated_at",
        "last_activity_at", "version",
    ),
)  # fmt: skip

_CUSTOMER_OF = {
    "customer": "coalesce((SELECT c.display_name FROM crm_customer_contact l"
    " JOIN crm_customer c ON c.tenant_id = %(tenant)s AND c.id = l.customer_id"
    " WHERE l.tenant_id = %(tenant)s AND l.contact_id = {r}.id AND c.deleted_at IS NULL"
    " AND :seen_customer"
    " ORDER BY l.is_primary DESC, l.id LIMIT 1), '')"
}
CONTACTS = Subject(
    entity="contact",
    model=Contact,
    pair=ContactPair,
    distinction=ContactDistinction,
    reasons=OF_CONTACTS,
    compared=("first_name", "last_name", "email", "phone", "external_id"),
    names={"person": _PERSON},
    keys=_KEYS_OF_ALL | {"id": "%(of)s"},
    ways=_WAYS_OF_ALL,
    strong=("email_key", "phone_key"),
    weak=("sound_key",),
    offered=_plain("id", "display_name", "job_title", "email") | _PHONE_SHOWN | _CUSTOMER_OF,
    reported=_plain("id", "display_name", "job_title", "email") | _PHONE_SHOWN | _CUSTOMER_OF
    | _plain("created_at", "updated_at", "last_activity_at", "version"),
)  # fmt: skip
SUBJECTS = {subject.entity: subject for subject in (CUSTOMERS, CONTACTS)}
OF_MODELS = {subject.model: subject for subject in SUBJECTS.values()}
