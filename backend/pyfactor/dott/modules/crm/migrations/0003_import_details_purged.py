"""When an import's file and staged rows were removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0002_imports")]

    operations = [
        migrations.AddField(
            model_name="importjob", name="details_purged_at", field=models.DateTimeField(null=True)
        ),
    ]
