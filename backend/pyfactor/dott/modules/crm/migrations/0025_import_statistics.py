"""A large import tells the planner of its contacts and deals, too (see 0004)."""

from django.db import migrations

_TABLES = ("crm_contact", "crm_customer_contact", "crm_deal")


class Migration(migrations.Migration):
    dependencies = [("crm", "0024_import_entities")]

    operations = [
        migrations.RunSQL(
            f"GRANT MAINTAIN ON TABLE {table} TO dott_definer",
            f"REVOKE MAINTAIN ON TABLE {table} FROM dott_definer",
        )
        for table in _TABLES
    ]
