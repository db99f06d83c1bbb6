"""The match functions give what they gave, at a fifth of the cost: no long pattern, no back reference.

A pattern's automaton is built anew for every call, so the alternatives of all legal forms were half of what an
import spent on generated columns. Nothing that is stored changes.
"""

import importlib

from django.db import migrations

BEFORE = importlib.import_module("dott.modules.crm.migrations.0014_match_functions")

# Lower case without accents, punctuation, legal form and "and". A name of nothing else is kept as it is.
MATCH_NAME = r"""
CREATE OR REPLACE FUNCTION app.match_name(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    -- "O'Brien" is one word, and so is "e.V."; whatever else is no letter parts two.
    words text := pg_catalog.translate(app.search_key(name), '''.’', '');
    word text;
    kept text := '';
BEGIN
    IF words ~ '[^a-z0-9 ]' THEN
        words := pg_catalog.regexp_replace(words, '[^[:alnum:]]+', ' ', 'g');
    END IF;
    FOREACH word IN ARRAY pg_catalog.string_to_array(words, ' ') LOOP
        IF word <> ALL (ARRAY[
            '', 'ab', 'ag', 'and', 'aps', 'as', 'asa', 'bhd', 'bv', 'co', 'corp', 'corporation', 'doo', 'eg',
            'ek', 'et', 'ev', 'gbr', 'gk', 'gmbh', 'inc', 'incorporated', 'kft', 'kg', 'kgaa', 'kk', 'lda',
            'limited', 'llc', 'llp', 'lp', 'ltd', 'ltda', 'mbh', 'nv', 'ohg', 'oo', 'oy', 'oyj', 'plc', 'pte',
            'pty', 'sa', 'sarl', 'sas', 'sdn', 'se', 'sl', 'slu', 'sp', 'spa', 'srl', 'sro', 'the', 'ug',
            'und', 'vof', 'z', 'zoo'])
        THEN
            kept := kept || ' ' || word;
        END IF;
    END LOOP;
    IF kept = '' THEN
        kept := ' ' || pg_catalog.btrim(pg_catalog.regexp_replace(words, ' +', ' ', 'g'));
    END IF;
    -- A btree entry may have 2,704 bytes.
    RETURN pg_catalog.substr(kept, 2, 200);
END
$$
"""

# After the first letter no vowels and no h, no letter twice in a row, and one letter for what sounds alike:
# Müller, Mueller and Muler; Schmidt and Schmitt; Jansen and Janssen. Digits stay as they are.
NAME_SOUND = r"""
CREATE OR REPLACE FUNCTION app.name_sound(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    whole text := pg_catalog.replace(name, ' ', '');
    sound text := pg_catalog.translate(
        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
            pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
                whole, 'sch', 's'), 'ph', 'f'), 'ck', 'k'), 'th', 't'), 'dt', 't'), 'tz', 's'), 'x', 'ks'),
        'cqzwy', 'kksvi');
BEGIN
    sound := pg_catalog.left(sound, 1) || pg_catalog.translate(pg_catalog.substr(sound, 2), 'aeiouh', '');
    -- The back reference costs as much as all the rest, and few names need it.
    IF sound ~ '[^a-z0-9]|bb|dd|ff|gg|jj|kk|ll|mm|nn|pp|rr|ss|tt|vv' THEN
        sound := pg_catalog.regexp_replace(sound, '([^0-9])\1+', '\1', 'g');
    END IF;
    -- Of "Ida" and "Ada" too little would be left to tell them apart.
    RETURN CASE WHEN pg_catalog.length(sound) < 3 THEN whole ELSE sound END;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("crm", "0031_favourites")]

    operations = [
        migrations.RunSQL(
            [MATCH_NAME, NAME_SOUND],
            [
                body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
                for body in (BEFORE.MATCH_NAME, BEFORE.NAME_SOUND)
            ],
        )
    ]
