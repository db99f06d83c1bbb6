"""Jobs that are put off until a later time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField(model_name="job", name="run_after", field=models.DateTimeField(null=True)),
    ]
