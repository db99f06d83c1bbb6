-- What a business sells and does: contacts, a pipeline, deals and activities, in proportion to its customers:
-- a contact for every fifth, a deal for every tenth, three activities to a deal.
-- Reads temp table business (n, rows, ...) and what customers.sql inserted. Follows from the numbers alone.

INSERT INTO crm_contact (tenant_id, id, first_name, last_name, job_title, email, phone, created_at, updated_at,
                         created_by_id, updated_by_id)
SELECT b.tenant_id, md5('contact ' || i || ' ' || b.n)::uuid,
       ('{Anna,Ben,Carla,David,Emma,Finn,Greta,Hugo,Ida,Jonas,Klara,Leo,Maya,Noah,Olga,Paul}'::text[])[1 + i % 16],
       ('{Adler,Brandt,Conti,Dubois,Evans,Fischer,Garcia,Hansen,Ivanov,Jensen,Kowalski,Lind,Moreau,Novak}'::text[])
           [1 + i / 16 % 14] || CASE WHEN i % 3 = 0 THEN '-' || ('{Roth,Berg,Stein,Wolf}'::text[])[1 + i % 4] ELSE '' END,
       ('{Buyer,Director,Accountant,Engineer,Assistant}'::text[])[1 + i % 5],
       'contact' || i || '@firma' || (i % 977) || '.example', '+4930' || (2000000 + i),
       now() - i % 700 * interval '1 day', now() - i % 300 * interval '1 day', b.membership_id, b.membership_id
  FROM business b, generate_series(1, b.rows / 5) AS i;

INSERT INTO crm_pipeline (tenant_id, id, name, is_default)
SELECT tenant_id, md5('pipeline ' || n)::uuid, 'Sales', true FROM business;

INSERT INTO crm_stage (tenant_id, id, pipeline_id, name, category, probability, position)
SELECT tenant_id, md5('stage ' || s || ' ' || n)::uuid, md5('pipeline ' || n)::uuid,
       ('{Lead in,Contacted,Offer,Negotiation,Won,Lost}'::text[])[s],
       CASE s WHEN 5 THEN 'won' WHEN 6 THEN 'lost' ELSE 'open' END,
       ('{10,25,50,75,100,0}'::int[])[s], s
  FROM business, generate_series(1, 6) AS s;

INSERT INTO crm_lost_reason (tenant_id, id, name)
SELECT tenant_id, md5('reason ' || n)::uuid, 'Too expensive' FROM business;

CREATE TEMP TABLE buyer AS
SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY number) AS nth
  FROM crm_customer WHERE deleted_at IS NULL AND number % 7 < 3;

INSERT INTO crm_customer_contact (tenant_id, customer_id, contact_id, role, is_primary)
SELECT b.tenant_id, buyer.id, md5('contact ' || buyer.nth || ' ' || b.n)::uuid, 'other', true
  FROM business b JOIN buyer ON buyer.tenant_id = b.tenant_id AND buyer.nth <= b.rows / 5;

INSERT INTO crm_deal (tenant_id, id, number, name, pipeline_id, stage_id, category, customer_id, owner_id, amount,
                      currency, expected_close_on, closed_at, lost_reason_id, rank, next_step, created_at, updated_at,
                      created_by_id, updated_by_id)
SELECT b.tenant_id, md5('deal ' || i || ' ' || b.n)::uuid, i,
       ('{Oven,Roof,Licence,Fleet,Kitchen,Website,Machine,Stand}'::text[])[1 + i % 8] || ' '
           || ('{order,renewal,repair,expansion,trial}'::text[])[1 + i / 8 % 5] || ' ' || i,
       md5('pipeline ' || b.n)::uuid, md5('stage ' || stage || ' ' || b.n)::uuid,
       CASE stage WHEN 5 THEN 'won' WHEN 6 THEN 'lost' ELSE 'open' END, buyer.id,
       CASE WHEN i % 2 = 0 THEN b.membership_id ELSE b.colleague_membership_id END,
       CASE WHEN i % 20 <> 0 THEN 100 + i * 37 % 90000 END,
       CASE WHEN i % 20 = 0 THEN '' ELSE ('{EUR,EUR,USD,CHF}'::text[])[1 + i % 4] END,
       current_date + (i % 120 - 30)::int,
       CASE WHEN stage > 4 THEN now() - i % 500 * interval '1 day' END,
       CASE WHEN stage = 6 THEN md5('reason ' || b.n)::uuid END,
       'a' || lpad(i::text, 9, '0'), 'Call back',
       now() - i % 700 * interval '1 day', now() - i % 300 * interval '1 day', b.membership_id, b.membership_id
  FROM business b
 CROSS JOIN generate_series(1, b.rows / 10) AS i
 CROSS JOIN LATERAL (SELECT ('{1,1,2,2,3,3,4,5,5,6}'::int[])[1 + i % 10] AS stage) AS s
  JOIN buyer ON buyer.tenant_id = b.tenant_id AND buyer.nth = 1 + i % greatest(b.rows / 3, 1);

INSERT INTO crm_activity (tenant_id, kind, subject, body, status, assignee_id, due_on, completed_at, customer_id,
                          deal_id, created_at, updated_at, created_by_id, updated_by_id)
SELECT d.tenant_id, ('{task,call,note}'::text[])[k],
       ('{Send offer,Call back,Visit}'::text[])[k] || ' ' || d.number,
       'About ' || d.name || ': they asked for delivery in week ' || d.number % 52 || '.',
       CASE WHEN d.number % 3 = 0 AND k < 3 THEN 'open' ELSE 'done' END, d.owner_id,
       CASE WHEN k < 3 THEN current_date + (d.number % 60 - 20)::int END,
       CASE WHEN d.number % 3 <> 0 OR k = 3 THEN d.created_at END,
       d.customer_id, d.id, d.created_at, d.created_at, d.created_by_id, d.created_by_id
  FROM crm_deal d, generate_series(1, 3) AS k;

INSERT INTO crm_number_counter (tenant_id, series, last_number) SELECT tenant_id, 'deal', rows / 10 FROM business;
