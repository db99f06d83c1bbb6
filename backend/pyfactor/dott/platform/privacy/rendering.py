"""The data map as Markdown for people and as JSON for programs and the settings page."""

from typing import Any

from dott.platform.privacy import held
from dott.platform.tenancy.fields import is_tenant_model

_HEAD = """# The data map

What Dott holds in each field of each table: whether it is personal and of which kind, why it is held, how
long, and where it goes. Made by `./dott manage data_map --write` from what stands beside the models
(`data_map.py` of each app, docs/adr/0021-privacy.md); the lint step fails when it is not current.

"""
_PROTECTION = """## How each kind is protected

All of it, whatever the kind: read and written by members of its own business alone, as the database's
policies and the role say; over TLS outside of the machine; with an entry in the log for each change of a
record; never in a shared cache; in backups for as long as those are kept; gone from the tables when the time
below is over, and from history when a person is erased.

"""


def described() -> list[dict[str, Any]]:
    """Every table by name, with words of held.py: {"table", "entity", "called", "is_tenant", "why", "kept",
    "goes", "fields": [{"name", "kind"}]}."""
    tables = []
    for model in held.models():
        table = held.table_of(model)
        if table is None:
            continue
        tables.append(
            {
                "table": model._meta.db_table,
                "entity": table.label,
                "called": table.called,
                "is_tenant": is_tenant_model(model),
                "why": table.why,
                "kept": table.kept,
                "goes": list(table.goes),
                "fields": [
                    {"name": field.name, "kind": held.kind_of(model, field) or held.NONE}
                    for field in model._meta.concrete_fields
                ],
            }
        )
    return sorted(tables, key=lambda table: (not table["is_tenant"], table["table"]))


def as_markdown() -> str:
    """The page docs/data-map.md."""
    parts = [_HEAD, _protection()]
    for is_tenant, title in ((True, "## Of a business"), (False, "## Of the installation")):
        parts.append(f"{title}\n\n")
        parts += [_section(table) for table in described() if table["is_tenant"] is is_tenant]
    return "".join(parts).rstrip("\n") + "\n"


def _protection() -> str:
    rows = [f"| {label} | {held.PROTECTED[kind]} |\n" for kind, label in held.KINDS.items()]
    return "".join([_PROTECTION, "| Kind | Besides |\n|---|---|\n", *rows, "\n"])


def _section(table: dict[str, Any]) -> str:
    labels = [held.GOES_LABELS[word] for word in table["goes"]]
    goes = ", ".join(label[0].lower() + label[1:] for label in labels) or "nowhere"
    lines = [
        f"### {table['called']} (`{table['table']}`)\n\n",
        f"{held.WHY_LABELS[table['why']]}. {held.KEPT_LABELS[table['kept']]}. Goes to: {goes}.\n\n",
        "| Personal | Fields |\n|---|---|\n",
    ]
    for kind, label in held.KINDS.items():
        names = [f"`{field['name']}`" for field in table["fields"] if field["kind"] == kind]
        if names:
            lines.append(f"| {label} | {', '.join(names)} |\n")
    return "".join([*lines, "\n"])
