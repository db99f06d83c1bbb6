"""The columns by which contacts are compared (duplicates/)."""

import django.db.models.functions.comparison
import django.db.models.functions.text
import dott.modules.crm.models.keys
from django.db import migrations, models

# As those of customers who are persons. One statement writes the table anew once.
MATCH_NAME = """
app.match_name(least(lower(first_name), lower(last_name)) || ' ' || greatest(lower(first_name), lower(last_name)))"""
ADD = f"""
ALTER TABLE crm_contact
    ADD COLUMN match_name text GENERATED ALWAYS AS ({MATCH_NAME}) STORED,
    ADD COLUMN sound_key text GENERATED ALWAYS AS (app.name_sound({MATCH_NAME})) STORED,
    ADD COLUMN phone_key text GENERATED ALWAYS AS (
        CASE WHEN phone > '' THEN replace(phone, '+', '')
             ELSE ltrim(regexp_replace(phone_raw, '[^0-9]', '', 'g'), '0') END) STORED
"""
COLUMNS = ("match_name", "sound_key", "phone_key")


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0020_own_words_are_searched'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    ADD,
                    "ALTER TABLE crm_contact " + ", ".join(f"DROP COLUMN {name}" for name in COLUMNS),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='contact',
                    name='match_name',
                    field=models.GeneratedField(db_persist=True, expression=dott.modules.crm.models.keys.MatchName(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Least(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), models.Value(' '), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), output_field=models.TextField())), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='contact',
                    name='phone_key',
                    field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(phone__gt='', then=django.db.models.functions.text.Replace('phone', models.Value('+'))), default=models.Func(dott.modules.crm.models.keys.Digits('phone_raw'), models.Value('0'), function='ltrim', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='contact',
                    name='sound_key',
                    field=models.GeneratedField(db_persist=True, expression=dott.modules.crm.models.keys.NameSound(dott.modules.crm.models.keys.MatchName(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Least(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), models.Value(' '), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), output_field=models.TextField()))), output_field=models.TextField()),
                ),
            ],
        ),
    ]
