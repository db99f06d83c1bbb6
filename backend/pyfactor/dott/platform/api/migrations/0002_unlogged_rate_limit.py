from django.db import migrations


class Migration(migrations.Migration):
    """Counters need no write-ahead log: losing them in a crash forgives some attempts, and that is all."""

    dependencies = [("api", "0001_initial")]

    operations = [
        migrations.RunSQL("ALTER TABLE api_rate_limit SET UNLOGGED", "ALTER TABLE api_rate_limit SET LOGGED"),
    ]
