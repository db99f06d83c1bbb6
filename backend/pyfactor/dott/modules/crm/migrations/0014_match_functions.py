"""What names, websites and mailboxes are compared by when two customers may be one (duplicates/)."""

from django.db import migrations

# Lower case without accents, punctuation, legal form and "and". A name of nothing else is kept as it is.
MATCH_NAME = r"""
CREATE FUNCTION app.match_name(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    -- "O'Brien" is one word, and so is "e.V."; whatever else is no letter parts two.
    joined text := pg_catalog.regexp_replace(app.search_key(name), '[''.’]', '', 'g');
    words text := ' ' || pg_catalog.regexp_replace(joined, '[^[:alnum:]]+', ' ', 'g') || ' ';
    kept text := pg_catalog.regexp_replace(words,
        ' (ab|ag|and|aps|as|asa|bhd|bv|co|corp|corporation|doo|eg|ek|et|ev|gbr|gk|gmbh|inc|incorporated|kft|kg'
        '|kgaa|kk|lda|limited|llc|llp|lp|ltd|ltda|mbh|nv|ohg|oo|oy|oyj|plc|pte|pty|sa|sarl|sas|sdn|se|sl|slu'
        '|sp|spa|srl|sro|the|ug|und|vof|z|zoo)(?= )', '', 'g');
BEGIN
    IF pg_catalog.btrim(kept) = '' THEN
        kept := words;
    END IF;
    -- A btree entry may have 2,704 bytes.
    RETURN pg_catalog.left(pg_catalog.btrim(kept), 200);
END
$$
"""

# After the first letter no vowels and no h, no letter twice in a row, and one letter for what sounds alike:
# Müller, Mueller and Muler; Schmidt and Schmitt; Jansen and Janssen. Digits stay as they are.
NAME_SOUND = r"""
CREATE FUNCTION app.name_sound(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    whole text := pg_catalog.replace(name, ' ', '');
    sound text := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
            whole, 'sch', 's'), 'ph', 'f'), 'ck', 'k'), 'th', 't'), 'dt', 't'), 'tz', 's'), 'x', 'ks');
BEGIN
    sound := pg_catalog.translate(sound, 'cqzwy', 'kksvi');
    sound := pg_catalog.left(sound, 1)
        || pg_catalog.regexp_replace(pg_catalog.substr(sound, 2), '[aeiouh]', '', 'g');
    sound := pg_catalog.regexp_replace(sound, '([^0-9])\1+', '\1', 'g');
    -- Of "Ida" and "Ada" too little would be left to tell them apart.
    RETURN CASE WHEN pg_catalog.length(sound) < 3 THEN whole ELSE sound END;
END
$$
"""

# What thousands have in common says nothing: providers of mailboxes, and places where everybody has a page.
OWN_DOMAIN = r"""
CREATE FUNCTION app.own_domain(website text, email text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    host text := pg_catalog.regexp_replace(
        coalesce(pg_catalog.substring(pg_catalog.lower(website), '^https?://([^/:?#@]+)'), ''),
        '^www\.', '');
BEGIN
    IF host = '' OR host = ANY (ARRAY[
        'amazon.com', 'ebay.com', 'etsy.com', 'facebook.com', 'm.facebook.com', 'google.com',
        'goo.gl', 'instagram.com', 'linkedin.com', 'linktr.ee', 'pinterest.com', 'sites.google.com',
        't.me', 'tiktok.com', 'twitter.com', 'wa.me', 'x.com', 'xing.com', 'yelp.com', 'youtube.com'])
    THEN
        host := pg_catalog.split_part(pg_catalog.lower(email), '@', 2);
    END IF;
    IF host = ANY (ARRAY[
        '163.com', '126.com', 'aol.com', 'arcor.de', 'bluewin.ch', 'free.fr', 'freenet.de', 'gmail.com',
        'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.de', 'gmx.net', 'googlemail.com', 'hotmail.com', 'hotmail.co.uk',
        'hotmail.de', 'hotmail.fr', 'icloud.com', 'laposte.net', 'libero.it', 'live.com', 'live.de', 'mac.com',
        'mail.com', 'mail.de', 'mail.ru', 'me.com', 'msn.com', 'naver.com', 'online.de', 'orange.fr',
        'outlook.com', 'outlook.de', 'posteo.de', 'proton.me', 'protonmail.com', 'qq.com', 'sfr.fr',
        't-online.de', 'tiscali.it', 'wanadoo.fr', 'web.de', 'yahoo.co.uk', 'yahoo.com', 'yahoo.de',
        'yahoo.fr', 'yandex.ru', 'ymail.com'])
    THEN
        RETURN '';
    END IF;
    RETURN pg_catalog.left(host, 255);
END
$$
"""

SIGNATURES = ("app.match_name(text)", "app.name_sound(text)", "app.own_domain(text, text)")


class Migration(migrations.Migration):
    dependencies = [("crm", "0013_custom_fields")]

    operations = [
        migrations.RunSQL(
            [
                MATCH_NAME,
                NAME_SOUND,
                OWN_DOMAIN,
                *(
                    statement
                    for signature in SIGNATURES
                    for statement in (
                        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
                        f"GRANT EXECUTE ON FUNCTION {signature} TO dott_rw",
                    )
                ),
            ],
            [f"DROP FUNCTION {signature}" for signature in SIGNATURES],
        )
    ]
