-- Customers of all businesses, interleaved in time over two years as real use would write them, so that a
-- business's rows lie scattered over the table. Instants have whole milliseconds: JavaScript knows no finer.
-- Reads temp tables business, lot. Everything random follows from one seed.

SELECT setseed(0.42);

CREATE TEMP TABLE plan AS
SELECT row_number() OVER (ORDER BY position, tenant_id) AS i, drawn.*,
       row_number() OVER (PARTITION BY tenant_id ORDER BY position) AS number,
       date_trunc('milliseconds', timestamptz '2024-11-01 00:00Z' + position * interval '730 days') AS created_at
  FROM (
    SELECT tenant_id, membership_id, colleague_membership_id,
           (j - random()) / rows AS position,
           floor(random() * 100)::int AS country_lot,
           random() AS kind, random() AS stage, random() AS status, random() AS owned, random() AS trashed,
           random() AS sourced, random() AS industry, random() AS phone, random() AS website,
           random() AS shipping, random() AS noted, random() AS changed,
           floor(random() * 1000)::int AS given, floor(random() * 1000)::int AS family,
           floor(random() * 1000)::int AS town, floor(random() * 1000)::int AS street,
           floor(random() * 1000)::int AS trade, 1 + floor(random() * 240)::int AS house
      FROM business, generate_series(1, rows) AS j
  ) AS drawn;

INSERT INTO crm_customer (
    tenant_id, id, number, kind, business_name, salutation, first_name, last_name, email, phone, website,
    external_id, stage, status, owner_id, source, industry, tax_id, currency, language, timezone,
    billing_line1, billing_city, billing_region, billing_postal_code, billing_country,
    shipping_recipient, shipping_line1, shipping_city, shipping_region, shipping_postal_code,
    shipping_country, delivery_instructions, notes, do_not_call, do_not_email,
    created_at, updated_at, created_by_id, updated_by_id, deleted_at, deleted_by_id, version
)
SELECT tenant_id,
       -- A version 7 id of the row's own instant.
       (lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3)
           || 'a' || substr(hash, 4, 15))::uuid,
       number,
       CASE WHEN is_business THEN 'business' ELSE 'person' END,
       CASE WHEN is_business THEN family_name || ' ' || trade_name || ' ' || company ELSE '' END,
       CASE WHEN owned < 0.1 THEN 'Dr.' ELSE '' END,
       given_name,
       family_name,
       CASE WHEN local_part = '' THEN 'info' ELSE local_part END || i || '@'
           || CASE WHEN is_business THEN 'firma' || (i % 977) || '.example' ELSE 'mail.example' END,
       CASE WHEN phone < 0.8 THEN dial || lpad((i * 7919 % (10 ^ digits)::bigint)::text, digits, '2') ELSE '' END,
       CASE WHEN is_business AND website < 0.4 THEN 'https://www.firma' || i || '.example/' ELSE '' END,
       CASE WHEN changed < 0.3 THEN 'K' || number ELSE '' END,
       CASE WHEN stage < 0.25 THEN 'lead' WHEN stage < 0.4 THEN 'prospect' WHEN stage < 0.85 THEN 'customer'
            WHEN stage < 0.95 THEN 'former' WHEN stage < 0.98 THEN 'partner' ELSE 'other' END,
       CASE WHEN status < 0.88 THEN 'active' WHEN status < 0.98 THEN 'inactive' ELSE 'blocked' END,
       CASE WHEN owned < 0.25 THEN membership_id WHEN owned < 0.5 THEN colleague_membership_id END,
       CASE WHEN sourced < 0.4 THEN
           ('{Web,Fair,Referral,Advert,Partner,Walk-in}'::text[])[1 + floor(sourced * 15)::int] ELSE '' END,
       CASE WHEN industry < 0.5 AND is_business THEN
           ('{Food,Retail,Steel,Software,Law,Health,Building,Transport}'::text[])[1 + floor(industry * 16)::int]
           ELSE '' END,
       CASE WHEN is_business THEN code || lpad((i % 1000000000)::text, 9, '1') ELSE '' END,
       currency, language, timezone,
       replace(street_name, '#', house::text), town_parts[1], town_parts[2], town_parts[3], code,
       CASE WHEN shipping < 0.2 THEN given_name || ' ' || family_name ELSE '' END,
       CASE WHEN shipping < 0.2 THEN replace(street_name, '#', (house + 2)::text) ELSE '' END,
       CASE WHEN shipping < 0.2 THEN town_parts[1] ELSE '' END,
       CASE WHEN shipping < 0.2 THEN town_parts[2] ELSE '' END,
       CASE WHEN shipping < 0.2 THEN town_parts[3] ELSE '' END,
       CASE WHEN shipping < 0.2 THEN code ELSE '' END,
       CASE WHEN shipping < 0.05 THEN 'Ring twice, the bell is weak.' ELSE '' END,
       CASE WHEN noted < 0.3 THEN 'Met at the fair; asked for an offer on item ' || (i % 5000) || '.' ELSE '' END,
       phone > 0.97, phone > 0.99,
       created_at, created_at + changed * interval '20 days' - interval '1 microsecond'
           * (extract(microseconds FROM created_at + changed * interval '20 days')::bigint % 1000),
       membership_id, membership_id,
       CASE WHEN trashed < 0.02 THEN created_at + interval '30 days' END,
       CASE WHEN trashed < 0.02 THEN membership_id END,
       1
  FROM (
    SELECT plan.*, lot.code, lot.currency, lot.language, lot.timezone, lot.dial, lot.digits, lot.company,
           kind < 0.6 AS is_business,
           md5(i::text) AS hash,
           lot.given[1 + plan.given % cardinality(lot.given)] AS given_name,
           lot.family[1 + plan.family % cardinality(lot.family)] AS family_name,
           lot.streets[1 + plan.street % cardinality(lot.streets)] AS street_name,
           string_to_array(lot.towns[1 + plan.town % cardinality(lot.towns)], '|') AS town_parts,
           ('{Bakery,Logistics,Machines,Consulting,Travel,Textiles,Garden,Energy,Print,Optics,Music,Foods}'::text[])
               [1 + plan.trade % 12] AS trade_name,
           regexp_replace(app.search_key(lot.given[1 + plan.given % cardinality(lot.given)] || '.'
               || lot.family[1 + plan.family % cardinality(lot.family)]), '[^a-z0-9.]|^\.|\.$', '', 'g') AS local_part
      FROM plan JOIN lot ON lot.lot = plan.country_lot
  ) AS named
 ORDER BY i;
