"""A large import tells the planner of its customers (app.refresh_statistics); this allows it for the table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("crm", "0003_import_details_purged")]

    operations = [
        migrations.RunSQL(
            "GRANT MAINTAIN ON TABLE crm_customer TO dott_definer",
            "REVOKE MAINTAIN ON TABLE crm_customer FROM dott_definer",
        ),
    ]
