"""Reads the SQL that the ORM sends and says where the tenant is missing.

Row-level security would still answer rightly. Without the constant, though, the planner guesses and a
distributed engine asks every shard, so its absence is a defect of its own (tenancy.md 1.4).
"""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from dott.platform.tenancy.fields import is_tenant_model

_TABLE = re.compile(
    r'(?P<verb>FROM|JOIN|UPDATE) "(?P<table>\w+)"(?: (?P<alias>[A-Z]\w*)\b(?! JOIN))?', re.ASCII
)
_KEYWORDS = {"INNER", "LEFT", "WHERE", "ORDER", "GROUP", "LIMIT", "SET", "ON", "FOR", "USING", "CROSS"}


def tenant_tables() -> frozenset[str]:
    """The tables of all tenant models."""
    return frozenset(model._meta.db_table for model in apps.get_models() if is_tenant_model(model))


def missing_tenant(sql: str, tables: frozenset[str]) -> list[str]:
    """One sentence per tenant table in an ORM statement that lacks its tenant condition.

    FROM and UPDATE need `alias.tenant_id = constant`, JOIN needs `alias.tenant_id = other.tenant_id`.
    DELETE is left out: Django deletes by id alone and the policy adds the tenant.
    """
    if sql.startswith("DELETE"):
        return []
    return [
        f"{verb} {table}: no {wanted}"
        for verb, table, alias in _references(sql)
        if table in tables
        for wanted in [_condition(verb, alias)]
        if not re.search(wanted, sql)
    ]


def _references(sql: str) -> Iterator[tuple[str, str, str]]:
    for match in _TABLE.finditer(sql):
        alias = match["alias"]
        named = f'"{match["table"]}"' if alias is None or alias in _KEYWORDS else alias
        yield match["verb"], match["table"], named


def _condition(verb: str, alias: str) -> str:
    column = rf'{re.escape(alias)}\."tenant_id"'
    if verb == "JOIN":
        return rf'({column} = \(?[\w"]+\."tenant_id"|"tenant_id" = \(?{column})'
    return rf"{column} = \(?(%s|'[0-9a-f-]{{32,36}}')"


class ShapeRecorder:
    """An execute wrapper that collects what `missing_tenant` finds."""

    def __init__(self) -> None:
        self.tables = tenant_tables()
        self.checked = 0
        self.findings: list[str] = []

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Check the statement, then let it run."""
        if isinstance(sql, str):
            self.checked += 1
            self.findings += [f"{finding}\n  {sql}" for finding in missing_tenant(sql, self.tables)]
        return execute(sql, params, many, context)
