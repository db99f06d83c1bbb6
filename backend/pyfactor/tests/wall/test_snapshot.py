"""The SQL that a new tenant model becomes, committed to be read: the wall, written out (new_model.sql).

When a change of the schema editor is meant, run this test with UPDATE_SNAPSHOTS=1 and review the file.
"""

import difflib
import os
import re
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from dott.platform.tenancy.router import MIGRATOR
from tests.world import World

SNAPSHOT = Path(__file__).parent / "new_model.sql"


def readable(sql: str) -> str:
    """One column or constraint, and one statement, a line."""
    sql = sql.replace("; ", ";\n")
    return re.sub(
        r"^CREATE TABLE (\S+) \((.*)\);$",
        lambda found: f"CREATE TABLE {found[1]} (\n    " + ",\n    ".join(columns(found[2])) + "\n);",
        sql,
        flags=re.MULTILINE,
    )


def columns(inside: str) -> list[str]:
    """Split at the commas that stand in no parentheses."""
    parts, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def test_sql_of_a_new_tenant_model_is_the_reviewed_one(world: World, settings: Any) -> None:
    # The room itself has no tables, so its name is free for a migration that is never run.
    settings.MIGRATION_MODULES = {"tenancy": "tests.wall.migrations"}
    output = StringIO()
    call_command("sqlmigrate", "tenancy", "0001", database=MIGRATOR, stdout=output, no_color=True)
    made = readable(output.getvalue())
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(made, encoding="utf-8")
    kept = SNAPSHOT.read_text(encoding="utf-8")
    diff = difflib.unified_diff(
        kept.splitlines(), made.splitlines(), "reviewed", "generated now", lineterm=""
    )
    assert made == kept, "\n".join(diff)
