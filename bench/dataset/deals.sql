-- Deals for the first businesses: one pipeline of six stages, amounts in three currencies, spread over the
-- stages. A table `deals (n, rows)` says how many each of them has. Made anew for every run.

SET session_replication_role = replica;
SET statement_timeout = 0;
TRUNCATE crm_deal_tag, crm_deal_stage_event, crm_deal, crm_stage, crm_lost_reason, crm_pipeline CASCADE;

INSERT INTO crm_pipeline (tenant_id, id, name, is_default)
SELECT md5('business ' || n)::uuid, md5('pipeline ' || n)::uuid, 'Sales', true FROM deals;

INSERT INTO crm_stage (tenant_id, id, pipeline_id, name, category, probability, position, rot_days)
SELECT md5('business ' || n)::uuid, md5('stage ' || n || ' ' || position)::uuid, md5('pipeline ' || n)::uuid,
       name, category, probability, position, 14
  FROM deals,
       (VALUES (0, 'New', 'open', 10), (1, 'Qualified', 'open', 25), (2, 'Proposal', 'open', 50),
               (3, 'Negotiation', 'open', 75), (4, 'Won', 'won', 100), (5, 'Lost', 'lost', 0))
       AS stage (position, name, category, probability);

INSERT INTO crm_lost_reason (tenant_id, id, name)
SELECT md5('business ' || n)::uuid, md5('reason ' || n)::uuid, 'Price' FROM deals;

INSERT INTO crm_deal (tenant_id, number, name, pipeline_id, stage_id, category, customer_id, amount, currency,
                      probability, expected_close_on, closed_at, lost_reason_id, rank, stage_entered_at)
SELECT md5('business ' || n)::uuid, i, 'Deal ' || md5(i::text), md5('pipeline ' || n)::uuid,
       md5('stage ' || n || ' ' || i % 6)::uuid,
       CASE i % 6 WHEN 4 THEN 'won' WHEN 5 THEN 'lost' ELSE 'open' END,
       customers.ids[1 + i % cardinality(customers.ids)],
       CASE WHEN i % 10 > 0 THEN (i * 37 % 100000)::numeric END,
       CASE WHEN i % 10 > 0 THEN (ARRAY['EUR', 'USD', 'GBP'])[1 + i % 3] ELSE '' END,
       CASE WHEN i % 7 = 0 AND i % 6 < 4 THEN 30 END,
       current_date + i % 90, CASE WHEN i % 6 > 3 THEN now() - i * interval '1 minute' END,
       CASE WHEN i % 6 = 5 THEN md5('reason ' || n)::uuid END,
       'f' || lpad(i::text, 6, '0'), now() - i % 40 * interval '1 day'
  FROM deals,
       LATERAL (SELECT array_agg(id) AS ids
                  FROM (SELECT id FROM crm_customer
                         WHERE tenant_id = md5('business ' || n)::uuid LIMIT 500) few) customers,
       LATERAL generate_series(1, deals.rows) AS i;

VACUUM ANALYZE crm_deal, crm_stage, crm_pipeline;
