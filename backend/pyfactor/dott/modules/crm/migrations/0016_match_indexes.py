"""By these keys customers are found that may be one."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('crm', '0015_match_keys'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('sound_key', ''), _negated=True)), fields=['sound_key', 'id'], name='crm_customer_same_sound'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('phone_key', ''), _negated=True)), fields=['phone_key', 'id'], name='crm_customer_same_phone'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('tax_key', ''), _negated=True)), fields=['tax_key', 'id'], name='crm_customer_same_tax'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('domain_key', ''), _negated=True)), fields=['domain_key', 'id'], name='crm_customer_same_domain'),
        ),
    ]
