import django.db.models.deletion
import django.db.models.functions.datetime
import dott.platform.tenancy.context
import dott.platform.tenancy.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0022_contact_match_indexes'),
        ('identity', '0008_api_keys'),
        ('jobs', '0003_due_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactDistinction',
            fields=[
                ('tenant_id', dott.platform.tenancy.fields.TenantIdField()),
                ('id', models.UUIDField(db_default=dott.platform.tenancy.fields.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.BigIntegerField(db_default=1, default=1, editable=False)),
                ('created_by', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, default=dott.platform.tenancy.context.current_membership_id, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.membership')),
                ('first', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='distinctions', to='crm.contact')),
                ('second', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='distinctions_as_second', to='crm.contact')),
                ('updated_by', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, default=dott.platform.tenancy.context.current_membership_id, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.membership')),
            ],
            options={
                'db_table': 'crm_contact_distinction',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ContactPair',
            fields=[
                ('tenant_id', dott.platform.tenancy.fields.TenantIdField()),
                ('id', models.UUIDField(db_default=dott.platform.tenancy.fields.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('score', models.SmallIntegerField()),
                ('first', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='duplicate_pairs', to='crm.contact')),
                ('second', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='duplicate_pairs_as_second', to='crm.contact')),
            ],
            options={
                'db_table': 'crm_contact_pair',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='duplicatescan',
            name='entity',
            field=models.CharField(choices=[('customer', 'Customer'), ('contact', 'Contact')], db_default='customer', default='customer', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='duplicatescan',
            constraint=models.CheckConstraint(condition=models.Q(('entity__in', ['customer', 'contact'])), name='duplicate_scan_entity_is_known'),
        ),
        migrations.AddIndex(
            model_name='contactdistinction',
            index=models.Index(fields=['second'], name='crm_contact_apart_second'),
        ),
        migrations.AddIndex(
            model_name='contactdistinction',
            index=models.Index(fields=['created_at', 'id'], name='crm_contact_apart_by_created'),
        ),
        migrations.AddConstraint(
            model_name='contactdistinction',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='contact_distinction_version_counts_from_one'),
        ),
        migrations.AddConstraint(
            model_name='contactdistinction',
            constraint=models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='contact_distinction_of_two'),
        ),
        migrations.AddConstraint(
            model_name='contactdistinction',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='contact_distinction_once'),
        ),
        migrations.AddIndex(
            model_name='contactpair',
            index=models.Index(fields=['score', 'id'], name='crm_contact_pair_by_score'),
        ),
        migrations.AddIndex(
            model_name='contactpair',
            index=models.Index(fields=['second'], name='crm_contact_pair_second'),
        ),
        migrations.AddConstraint(
            model_name='contactpair',
            constraint=models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='contact_pair_of_two'),
        ),
        migrations.AddConstraint(
            model_name='contactpair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='contact_pair_once'),
        ),
    ]
