"""What search looks into of the fields that a business has added (docs/adr/0013-custom-fields.md)."""

from django.db import migrations

# Texts, addresses, numbers of phones and others, as they are kept. Dates, instants and ids of options are
# told by their form: a column knows no definitions. Of a long text the beginning; short ones come first, so
# that a long one takes no other's place.
OWN_WORDS = r"""
CREATE FUNCTION app.own_words(custom jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    IF custom = '{}' THEN
        RETURN '';
    END IF;
    RETURN pg_catalog.left(coalesce((
        SELECT pg_catalog.string_agg(one.words, ' ' ORDER BY pg_catalog.length(one.words), field.key)
          FROM pg_catalog.jsonb_each(custom) AS field,
               LATERAL (SELECT pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                   pg_catalog.left(field.value #>> '{}', 2000), '\s+', ' ', 'g'), '^\+(?=[0-9]+$)', '')
                   AS words) AS one
         WHERE pg_catalog.jsonb_typeof(field.value) = 'string'
           AND one.words !~ '^(opt_[0-9a-f]{10}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}Z)?)$'), ''), 10000);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("crm", "0018_import_layouts")]

    operations = [
        migrations.RunSQL(
            [
                OWN_WORDS,
                "REVOKE ALL ON FUNCTION app.own_words(jsonb) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION app.own_words(jsonb) TO dott_rw",
            ],
            ["DROP FUNCTION app.own_words(jsonb)"],
        )
    ]
