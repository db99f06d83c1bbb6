"""One stage's customers in the order of the list, so that its statement is planned once for all stages."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('crm', '0026_exports'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['stage', 'created_at', 'id'], name='crm_customer_newest_of_stage'),
        ),
    ]
