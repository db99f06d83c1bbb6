"""Every change set is of a kind that is known."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0004_the_chain'),
    ]

    operations = [
        ValidateConstraint(model_name='changeset', name='history_change_set_kind_is_known'),
    ]
