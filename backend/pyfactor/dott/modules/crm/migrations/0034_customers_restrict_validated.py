"""The rules of 0033 are validated and take the place of the former ones, under their names."""

import importlib

from django.db import migrations

ADDED = importlib.import_module("dott.modules.crm.migrations.0033_customers_restrict")

# Validation reads both tables as their owner, from whom FORCE would hide every row.
CLOSED = (
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "ALTER TABLE crm_customer FORCE ROW LEVEL SECURITY",
)
OPEN = tuple(statement.replace("FORCE", "NO FORCE") for statement in CLOSED)
# What the editor called the key of this column, whatever it called it.
FORMER = """
DO $$
DECLARE
    former name := (
        SELECT k.conname FROM pg_constraint k
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2]
         WHERE k.conrelid = '{table}'::regclass AND k.confrelid = 'crm_customer'::regclass
           AND a.attname = '{column}' AND k.conname <> '{name}');
BEGIN
    {body}
END $$"""
TAKE_OVER = """EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', former);
    EXECUTE format('ALTER TABLE {table} RENAME CONSTRAINT {name} TO %I', former);"""
GIVE_BACK = """EXECUTE format('ALTER TABLE {table} RENAME CONSTRAINT %I TO {name}', former);
    EXECUTE format('ALTER TABLE {table} ADD CONSTRAINT %I {key}', former);
    EXECUTE format('ALTER TABLE {table} VALIDATE CONSTRAINT %I', former);"""


def statements(*texts: str) -> list[str]:
    """The texts for every reference."""
    return [
        text.format(table=table, column=column, name=ADDED.name_of(table, column), key=ADDED.key(column))
        for table, column in ADDED.REFERENCES
        for text in texts
    ]


class Migration(migrations.Migration):
    dependencies = [("crm", "0033_customers_restrict")]

    operations = [
        migrations.RunSQL(
            statements(
                *OPEN,
                "ALTER TABLE {table} VALIDATE CONSTRAINT {name}",
                *CLOSED,
                FORMER.replace("{body}", TAKE_OVER),
            ),
            statements(*OPEN, FORMER.replace("{body}", GIVE_BACK), *CLOSED),
        )
    ]
