from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0029_mentions_validated'),
    ]

    operations = [
        migrations.AddField(
            model_name='importjob',
            name='is_tag_made',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='tag_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='importjob',
            name='tag_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=50),
        ),
    ]
