"""The log of changes of one actor and of one kind, newest first."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("history", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="changeset",
            index=models.Index(fields=["actor", "created_at", "id"], name="history_change_set_of_actor"),
        ),
        AddIndexConcurrently(
            model_name="changeset",
            index=models.Index(fields=["kind", "created_at", "id"], name="history_change_set_of_kind"),
        ),
    ]
