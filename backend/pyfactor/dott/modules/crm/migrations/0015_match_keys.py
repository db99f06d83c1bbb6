"""The columns by which customers are compared (duplicates/)."""

import django.db.models.functions.comparison
import django.db.models.functions.text
import dott.modules.crm.models.keys
from django.db import migrations, models

# One statement writes the table anew once; a statement for each column would five times, with every index.
MATCH_NAME = """
CASE WHEN kind = 'business' THEN app.match_name(business_name)
     ELSE app.match_name(least(lower(first_name), lower(last_name)) || ' ' ||
                         greatest(lower(first_name), lower(last_name))) END"""
ADD = f"""
ALTER TABLE crm_customer
    ADD COLUMN match_name text GENERATED ALWAYS AS ({MATCH_NAME}) STORED,
    ADD COLUMN sound_key text GENERATED ALWAYS AS (app.name_sound({MATCH_NAME})) STORED,
    ADD COLUMN phone_key text GENERATED ALWAYS AS (
        CASE WHEN phone > '' THEN replace(phone, '+', '')
             ELSE ltrim(regexp_replace(phone_raw, '[^0-9]', '', 'g'), '0') END) STORED,
    ADD COLUMN tax_key text GENERATED ALWAYS AS (
        regexp_replace(upper(tax_id), '[^0-9A-Z]', '', 'g')) STORED,
    ADD COLUMN domain_key text GENERATED ALWAYS AS (app.own_domain(website, email)) STORED
"""
COLUMNS = ("match_name", "sound_key", "phone_key", "tax_key", "domain_key")


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0014_match_functions'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    ADD,
                    "ALTER TABLE crm_customer " + ", ".join(f"DROP COLUMN {name}" for name in COLUMNS),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='customer',
                    name='domain_key',
                    field=models.GeneratedField(db_persist=True, expression=dott.modules.crm.models.keys.OwnDomain('website', 'email'), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='customer',
                    name='match_name',
                    field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind='business', then=dott.modules.crm.models.keys.MatchName('business_name')), default=dott.modules.crm.models.keys.MatchName(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Least(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), models.Value(' '), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), output_field=models.TextField())), output_field=models.TextField()), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='customer',
                    name='phone_key',
                    field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(phone__gt='', then=django.db.models.functions.text.Replace('phone', models.Value('+'))), default=models.Func(dott.modules.crm.models.keys.Digits('phone_raw'), models.Value('0'), function='ltrim', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='customer',
                    name='sound_key',
                    field=models.GeneratedField(db_persist=True, expression=dott.modules.crm.models.keys.NameSound(models.Case(models.When(kind='business', then=dott.modules.crm.models.keys.MatchName('business_name')), default=dott.modules.crm.models.keys.MatchName(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Least(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), models.Value(' '), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name')), output_field=models.TextField())), output_field=models.TextField())), output_field=models.TextField()),
                ),
                migrations.AddField(
                    model_name='customer',
                    name='tax_key',
                    field=models.GeneratedField(db_persist=True, expression=dott.modules.crm.models.keys.Alphanumeric(django.db.models.functions.text.Upper('tax_id')), output_field=models.TextField()),
                ),
            ],
        ),
    ]
