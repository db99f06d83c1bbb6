"""History can lose values and keep their digest.

Salts are for rows from now on: a column that comes without a default rewrites no table, and the default is given
to it in a step of its own.
"""

from django.db import migrations, models

from dott.platform.history.models import NewSalt


def columns(model: str) -> list[migrations.AddField | migrations.AlterField]:
    """The three of one table."""
    return [
        migrations.AddField(
            model_name=model, name="digest", field=models.BinaryField(null=True, editable=False)
        ),
        migrations.AddField(
            model_name=model, name="redacted_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name=model, name="salt", field=models.UUIDField(editable=False, null=True)
        ),
        migrations.AlterField(
            model_name=model,
            name="salt",
            field=models.UUIDField(db_default=NewSalt(), editable=False, null=True),
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("history", "0002_log_filters"),
    ]

    operations = [*columns("change"), *columns("changeset")]
