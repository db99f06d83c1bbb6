"""What stands in the notifications already keeps to the rules of 0028, too."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0028_mentions'),
    ]

    operations = [
        ValidateConstraint(model_name='notification', name='notification_reason_is_known'),
        ValidateConstraint(model_name='notification', name='notification_reminder_has_a_time'),
    ]
