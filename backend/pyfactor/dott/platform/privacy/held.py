"""The data map: of each field of each table, whether it is about a person, of which kind, and why it is held.

Each app declares its tables in its `data_map.py`, beside the models:

    holds("crm.tag", called="Tags", why=WORK, kept=REMOVED, text="name name_key", none="colour")

A field without a line, or with two, fails `missing()`, and with it a test. Bookkeeping that every tenant
row has is declared here once. Finding a person, handing over and erasing read the map (find.py, erase.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from dott.platform.tenancy.fields import is_tenant_model

# --- kinds: what a field says of a person -------------------------------------------------------------
KINDS = {
    "none": "Nothing personal",
    "name": "A name",
    "email": "An e-mail address",
    "phone": "A telephone number",
    "address": "A postal address",
    "identifier": "A number or date that tells a person apart",
    "about": "What is noted of a person",
    "text": "Free text, in which anybody may be named",
    "file": "A stored file",
    "staff": "Which member did or owns it",
    "device": "Where and with what somebody signed in",
    "secret": "What proves who somebody is, hashed or sealed",
}
# How each kind is protected, beyond what holds for all of it (rendering.py).
PROTECTED = {
    "none": "no more than that",
    "name": "never in a log line or a webhook",
    "email": "never in a log line or a webhook; nobody is told whether it has an account",
    "phone": "never in a log line or a webhook",
    "address": "never in a log line or a webhook",
    "identifier": "never in a log line or a webhook",
    "about": "never in a log line or a webhook",
    "text": "never in a log line or a webhook; shown as text, or as Markdown that was made safe",
    "file": "under a random name, outside of what is served; comes back to be saved only",
    "staff": "an id, which says nothing outside of the business",
    "device": "shown to whom it belongs; the address is shortened to its network",
    "secret": "hashed, or sealed with a key that the database does not have (cryptography.md)",
}
NONE = "none"
# Fields that say who a record is: a record that was not chosen keeps them when another person is erased.
IDENTITY = frozenset({"name", "email", "phone", "address", "identifier"})
# Fields that are looked into for a person.
SEARCHED = frozenset({"name", "email", "phone", "text"})

# --- why ----------------------------------------------------------------------------------------------
RELATION, WORK, ACCESS, SECURITY, OPERATION, PROOF = WHY = (
    "relation", "work", "access", "security", "operation", "proof",
)  # fmt: skip
WHY_LABELS = {
    RELATION: "To deal with customers",
    WORK: "To organise the business's work",
    ACCESS: "To let members in",
    SECURITY: "To keep accounts and data safe",
    OPERATION: "To run the service",
    PROOF: "To show what was done",
}

# --- how long -----------------------------------------------------------------------------------------
TRASH, REMOVED, WITH_PARENT, IMPORT, HISTORY, NOTIFICATION, DAY, MONTH, SESSION, MEMBER, FOREVER = KEPT = (
    "trash", "removed", "with_parent", "import", "history", "notification", "day", "month", "session",
    "member", "forever",
)  # fmt: skip
KEPT_LABELS = {
    TRASH: "Until it is deleted, and then in the trash for the set time",
    REMOVED: "Until somebody removes it",
    WITH_PARENT: "As long as the record it belongs to",
    IMPORT: "Until the import's set time is over",
    HISTORY: "As long as history is kept",
    NOTIFICATION: "As long as notifications are kept",
    DAY: "A day",
    MONTH: "Thirty days",
    SESSION: "Until it ends or expires",
    MEMBER: "As long as the account or the membership",
    FOREVER: "As long as the business",
}

# --- where it goes --------------------------------------------------------------------------------------
EXPORT, MAIL, TAKEN, RECEIVERS = GOES = ("export", "mail", "taken", "receivers")
GOES_LABELS = {
    EXPORT: "Lists that members export",
    MAIL: "E-mail that Dott sends",
    RECEIVERS: "Receivers of the webhooks that the business has set up",
    TAKEN: "The file in which the business is taken along",
}


@dataclass(frozen=True, slots=True)
class Table:
    """What is held in one table.

    called: its name in plain words. kinds: field → one of KINDS. whole_name: of a table whose rows may be
    persons, the fields that make up a name together, in order.
    """

    label: str
    called: str
    why: str
    kept: str
    goes: tuple[str, ...]
    kinds: Mapping[str, str]
    whole_name: tuple[str, ...] = ()


_BOOKKEEPING = {
    "tenant_id": NONE,
    "id": NONE,
    "created_at": NONE,
    "updated_at": NONE,
    "created_by": "staff",
    "updated_by": "staff",
    "version": NONE,
    "deleted_at": NONE,
    "deleted_by": "staff",
}
_tables: dict[str, Table] = {}


def holds(
    label: str,
    *,
    called: str,
    why: str,
    kept: str,
    goes: tuple[str, ...] = (),
    whole_name: str = "",
    **fields: str,
) -> None:
    """Declare a table. label: as in crm.customer. called, whole_name: see Table. fields: kind="names of
    fields"; none="*" for a table in which there is nothing personal.

    Raises ValueError for a word that is not in the lists above, and for what is declared twice.
    """
    unknown = ({why} - {*WHY}) | ({kept} - {*KEPT}) | ({*goes} - {*GOES}) | ({*fields} - {*KINDS})
    if unknown:
        raise ValueError(f"{label}: no such word: {', '.join(sorted(unknown))}")
    listed = [(name, kind) for kind, names in fields.items() for name in names.split()]
    twice = {name for name, _ in listed if sum(name == other for other, _ in listed) > 1}
    if twice or label in _tables:
        raise ValueError(f"{label}: declared twice: {', '.join(sorted(twice)) or label}")
    _tables[label] = Table(label, called, why, kept, goes, dict(listed), tuple(whole_name.split()))


def models() -> list[type[Model]]:
    """Every model, by label: Django's, those of its packages and the queue's, too."""
    found = apps.get_models(include_auto_created=True)
    return sorted(found, key=lambda model: model._meta.label_lower)


def labels() -> list[str]:
    """Of every table that was declared."""
    return sorted(_tables)


def table_of(model: type[Model]) -> Table | None:
    """What was declared of it."""
    return _tables.get(model._meta.label_lower)


def kind_of(model: type[Model], field: "Field[Any, Any]") -> str | None:
    """One of KINDS, None for a field that nobody has declared."""
    table = table_of(model)
    if table is None:
        return None
    if "*" in table.kinds:
        return table.kinds["*"]
    usual = _BOOKKEEPING.get(field.name) if is_tenant_model(model) else None
    return table.kinds.get(field.name, usual)


def fields_of(model: type[Model], kinds: frozenset[str]) -> "list[Field[Any, Any]]":
    """The model's stored fields of those kinds."""
    return [field for field in model._meta.concrete_fields if kind_of(model, field) in kinds]


def people() -> list[type[Model]]:
    """The models whose rows may be persons."""
    return [model for model in models() if (table := table_of(model)) is not None and table.whole_name]


def whole_name(model: type[Model]) -> tuple[str, ...]:
    """The fields that make up a person's name together, in order."""
    table = table_of(model)
    return table.whole_name if table else ()


def personal_models() -> Iterator[type[Model]]:
    """Tenant tables in which a person may be found."""
    for model in models():
        if is_tenant_model(model) and fields_of(model, SEARCHED):
            yield model


def missing() -> list[str]:
    """What the map lacks, and what it names that is not there."""
    found = []
    for model in models():
        names = {field.name for field in model._meta.concrete_fields}
        table = table_of(model)
        if table is None:
            found.append(f"{model._meta.label_lower}: not declared")
            continue
        found += [
            f"{table.label}.{field.name}: not declared"
            for field in model._meta.concrete_fields
            if kind_of(model, field) is None
        ]
        found += [f"{table.label}.{name}: no such field" for name in {*table.kinds} - names - {"*"}]
    known = {model._meta.label_lower for model in models()}
    return sorted([*found, *(f"{label}: no such table" for label in {*_tables} - known)])
