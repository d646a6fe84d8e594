-- generations: brings the table to what is exported now. Run it as often as you like: only partitions
-- whose content hash was not loaded yet are read, and each is replaced as a whole.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS generations (part VARCHAR, event_timestamp BIGINT, user_id VARCHAR, tracking_id VARCHAR, copy_id VARCHAR, template_id VARCHAR, vars MAP(VARCHAR, VARCHAR), attrs MAP(VARCHAR, VARCHAR), event_time TIMESTAMPTZ, generation_id VARCHAR, calls INTEGER, workspace VARCHAR, campaign_id VARCHAR, webhook_action_id VARCHAR, arm VARCHAR, propensity DOUBLE, policy_version VARCHAR, fallback VARCHAR, forced BOOLEAN, replayed BOOLEAN);

CREATE OR REPLACE TEMP TABLE copyloop_changed AS
SELECT m."partition" AS part, m.content_hash,
  [replace(m.filename, '_manifest.json', file.name) FOR file IN m.files] AS files
FROM read_json('s3://copyloop/exports/acme/generations/*/*/*/*/_manifest.json', filename = true, format = 'newline_delimited',
  columns = {"partition": 'VARCHAR', content_hash: 'VARCHAR', files: 'STRUCT(name VARCHAR)[]'}) m
ANTI JOIN copyloop_loaded l
  ON l.dataset = 'generations' AND l.part = m."partition" AND l.content_hash = m.content_hash;

-- If nothing changed, any one file is named, of which nothing is taken.
SET VARIABLE copyloop_files = (SELECT CASE WHEN count(*) > 0 THEN flatten(list(files))
  ELSE (SELECT [min(file)] FROM glob('s3://copyloop/exports/acme/generations/*/*/*/*/*.parquet')) END FROM copyloop_changed);

BEGIN;
DELETE FROM generations WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO generations (part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed)
SELECT c.part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed
FROM read_parquet(getvariable('copyloop_files'), filename = true) f
JOIN (SELECT part, unnest(files) AS filename FROM copyloop_changed) c USING (filename);
DELETE FROM copyloop_loaded
WHERE dataset = 'generations' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT 'generations', part, content_hash FROM copyloop_changed;
COMMIT;
