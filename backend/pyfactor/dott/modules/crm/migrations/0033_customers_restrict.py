"""What cannot be without its customer keeps it from being deleted by RESTRICT: half the work of NO ACTION.

NO ACTION first looks whether another row has taken the deleted one's key, for each row and each reference; RESTRICT
looks for what refers to it and nothing else, which halves the deletion of 100,000 customers (a revert, an undo). It
cannot be put off to the end of a transaction, so it is for references that may not be empty only: Django deletes
those rows before their customer. Inserts are checked as before, and may be put off.
"""

from django.db import migrations

# (table, column). Both rules stand until 0034 has validated the new one.
REFERENCES = (
    ("crm_customer_contact", "customer_id"),
    ("crm_customer_tag", "customer_id"),
    ("crm_deal", "customer_id"),
    ("crm_distinction", "first_id"),
    ("crm_distinction", "second_id"),
    ("crm_duplicate_pair", "first_id"),
    ("crm_duplicate_pair", "second_id"),
)


def name_of(table: str, column: str) -> str:
    """The new constraint's name until it takes over the old one's."""
    return f"{table}_{column}_restrict"


def key(column: str, action: str = "") -> str:
    """The constraint's text. action: ON DELETE …, NO ACTION when empty."""
    return (
        f"FOREIGN KEY (tenant_id, {column}) REFERENCES crm_customer (tenant_id, id)"
        f" {action} DEFERRABLE INITIALLY IMMEDIATE NOT VALID"
    )


class Migration(migrations.Migration):
    dependencies = [("crm", "0032_match_functions_by_words")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {table} ADD CONSTRAINT {name_of(table, column)}"
                f" {key(column, 'ON DELETE RESTRICT')}"
                for table, column in REFERENCES
            ],
            [
                f"ALTER TABLE {table} DROP CONSTRAINT {name_of(table, column)}"
                for table, column in REFERENCES
            ],
        )
    ]
