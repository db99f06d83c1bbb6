"""By these keys contacts are found that may be one."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('crm', '0021_contact_match_keys'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='contact',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('sound_key', ''), _negated=True)), fields=['sound_key', 'id'], name='crm_contact_same_sound'),
        ),
        AddIndexConcurrently(
            model_name='contact',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('phone_key', ''), _negated=True)), fields=['phone_key', 'id'], name='crm_contact_same_phone'),
        ),
    ]
