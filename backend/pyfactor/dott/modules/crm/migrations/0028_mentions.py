"""Notifications that somebody was named in a text, beside reminders."""

import django.db.models.deletion
import dott.platform.tenancy.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0027_newest_of_stage'),
        ('identity', '0010_single_sign_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='notification',
            name='author',
            field=dott.platform.tenancy.fields.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.membership'),
        ),
        migrations.AddField(
            model_name='notification',
            name='reason',
            field=models.CharField(choices=[('reminder', 'Reminder'), ('mention', 'Mention')], db_default='reminder', default='reminder', max_length=10),
        ),
        migrations.AlterField(
            model_name='notification',
            name='remind_at',
            field=models.DateTimeField(null=True),
        ),
        AddConstraintNotValid(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['reminder', 'mention'])), name='notification_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(condition=models.Q(('reason', 'mention')), fields=('activity', 'recipient'), name='notification_once_per_mention'),
        ),
        AddConstraintNotValid(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', True), ('reason', 'reminder'), ('remind_at__isnull', False)), models.Q(('reason', 'mention'), ('remind_at__isnull', True)), _connector='OR'), name='notification_reminder_has_a_time'),
        ),
    ]
