"""Generated columns of records that are in no table: as they were then, or after they are gone."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import GeneratedField, Model

from dott.platform.history.columns import columns, record_row
from dott.platform.tenancy.context import current


def generated_values(
    model: type[Model],
    records: Mapping[UUID, Mapping[str, Any]],
    fields: Sequence["GeneratedField"],
) -> dict[UUID, list[Any]]:
    """What the database would make of the records' values, in the order of `fields`. One round trip.

    records: id → values by field name as history keeps them; what is absent is empty.
    """
    if not records or not fields:
        return {one: [] for one in records}
    connection = connections[current().alias]
    listed = columns(model)
    # Generated columns name their sources without a table.
    sources = ", ".join(f"{column.typed('v')} AS {column.column}" for column in listed)
    expressions, params = [], []
    for field in fields:
        sql, values = field.generated_sql(connection)
        expressions.append(f"({sql})")
        params += values
    given = [{"id": one, "values": dict(values)} for one, values in records.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT id, {", ".join(expressions)} FROM (
                SELECT r.id, {sources}
                  FROM jsonb_to_recordset(%s::jsonb) AS r (id uuid, "values" jsonb)
                 CROSS JOIN {record_row('r."values"', "v", listed)}) AS source""",
            [*params, json.dumps(given, default=str)],
        )
        return {row[0]: list(row[1:]) for row in cursor.fetchall()}


def generated_fields(model: type[Model]) -> list["GeneratedField"]:
    """The model's generated columns."""
    return [field for field in model._meta.concrete_fields if isinstance(field, GeneratedField)]
