"""Search looks into the fields that a business has added."""

import django.db.models.functions.comparison
import django.db.models.functions.text
import dott.modules.crm.models.keys
import dott.platform.tenancy.search
from django.db import migrations, models

# Each writes its table anew, with its indexes.
CUSTOMER = """
ALTER TABLE crm_customer ALTER COLUMN search_text SET EXPRESSION AS (
    ' ' || app.search_key(business_name || ' ' || first_name || ' ' || last_name || ' ' || email || ' '
                          || external_id || ' ' || billing_city{own})
    || ' ' || number::text || '/c-' || lpad(number::text, greatest(length(number::text), 6), '0')
    || ' ' || replace(phone, '+', '') || ' ' || regexp_replace(phone_raw, '[^0-9]', '', 'g'))"""
CONTACT = """
ALTER TABLE crm_contact ALTER COLUMN search_text SET EXPRESSION AS (
    ' ' || app.search_key(first_name || ' ' || last_name || ' ' || email || ' ' || external_id || ' '
                          || job_title{own})
    || ' ' || replace(phone, '+', '') || ' ' || regexp_replace(phone_raw, '[^0-9]', '', 'g'))"""
DEAL = """
ALTER TABLE crm_deal ALTER COLUMN search_text SET EXPRESSION AS (
    ' ' || app.search_key(name || ' ' || external_id || ' ' || next_step{own})
    || ' ' || number::text || '/d-' || lpad(number::text, greatest(length(number::text), 6), '0'))"""
TABLES = (CUSTOMER, CONTACT, DEAL)
OWN = " || ' ' || app.own_words(custom)"


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0019_own_words'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [table.format(own=OWN) for table in TABLES],
                    [table.format(own="") for table in TABLES],
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='contact',
                    name='search_text',
                    field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(models.Value(' '), dott.platform.tenancy.search.SearchKey(django.db.models.functions.text.Concat(models.F('first_name'), models.Value(' '), models.F('last_name'), models.Value(' '), models.F('email'), models.Value(' '), models.F('external_id'), models.Value(' '), models.F('job_title'), models.Value(' '), dott.modules.crm.models.keys.OwnWords('custom'), output_field=models.TextField())), models.Value(' '), django.db.models.functions.text.Replace('phone', models.Value('+')), models.Value(' '), dott.modules.crm.models.keys.Digits('phone_raw'), output_field=models.TextField()), output_field=models.TextField()),
                ),
                migrations.AlterField(
                    model_name='customer',
                    name='search_text',
                    field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(models.Value(' '), dott.platform.tenancy.search.SearchKey(django.db.models.functions.text.Concat('business_name', models.Value(' '), 'first_name', models.Value(' '), 'last_name', models.Value(' '), 'email', models.Value(' '), 'external_id', models.Value(' '), 'billing_city', models.Value(' '), dott.modules.crm.models.keys.OwnWords('custom'), output_field=models.TextField())), models.Value(' '), django.db.models.functions.comparison.Cast('number', models.TextField()), django.db.models.functions.text.Concat(models.Value('/c-'), django.db.models.functions.text.LPad(django.db.models.functions.comparison.Cast('number', models.TextField()), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Length(django.db.models.functions.comparison.Cast('number', models.TextField())), 6), models.Value('0')), output_field=models.TextField()), models.Value(' '), django.db.models.functions.text.Replace('phone', models.Value('+')), models.Value(' '), dott.modules.crm.models.keys.Digits('phone_raw'), output_field=models.TextField()), output_field=models.TextField()),
                ),
                migrations.AlterField(
                    model_name='deal',
                    name='search_text',
                    field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(models.Value(' '), dott.platform.tenancy.search.SearchKey(django.db.models.functions.text.Concat(models.F('name'), models.Value(' '), models.F('external_id'), models.Value(' '), models.F('next_step'), models.Value(' '), dott.modules.crm.models.keys.OwnWords('custom'), output_field=models.TextField())), models.Value(' '), django.db.models.functions.comparison.Cast('number', models.TextField()), django.db.models.functions.text.Concat(models.Value('/d-'), django.db.models.functions.text.LPad(django.db.models.functions.comparison.Cast('number', models.TextField()), django.db.models.functions.comparison.Greatest(django.db.models.functions.text.Length(django.db.models.functions.comparison.Cast('number', models.TextField())), 6), models.Value('0')), output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()),
                ),
            ],
        ),
    ]
