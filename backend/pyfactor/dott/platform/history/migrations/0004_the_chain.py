"""Security events in the log, and the chain that seals it."""

import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import dott.platform.tenancy.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0003_redaction'),
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='changeset',
            name='details',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='changeset',
            name='event',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='changeset',
            name='kind',
            field=models.CharField(choices=[('user', 'User'), ('api_key', 'Api Key'), ('import', 'Import'), ('system', 'System'), ('security', 'Security')], db_default='user', default='user', max_length=10),
        ),
        migrations.RemoveConstraint(
            model_name='changeset',
            name='history_change_set_kind_is_known',
        ),
        # Validated by the next migration, which locks nobody out meanwhile.
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['user', 'api_key', 'import', 'system', 'security'])), name='history_change_set_kind_is_known'),
        ),
        migrations.CreateModel(
            name='ChainLink',
            fields=[
                ('id', models.UUIDField(db_default=dott.platform.tenancy.fields.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('tenant_id', dott.platform.tenancy.fields.TenantIdField(grants=('SELECT', 'INSERT'))),
                ('position', models.BigIntegerField()),
                ('change_set', dott.platform.tenancy.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='history.changeset')),
                ('digest', models.BinaryField(max_length=32)),
                ('sealed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'history_link',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddConstraint(
            model_name='chainlink',
            constraint=models.UniqueConstraint(fields=('position',), name='history_link_position_once'),
        ),
        migrations.AddConstraint(
            model_name='chainlink',
            constraint=models.UniqueConstraint(fields=('change_set',), name='history_link_seals_a_set_once'),
        ),
    ]
