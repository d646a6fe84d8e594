-- generations: brings the table to what is exported now. Run it as often as you like: only partitions
-- whose content hash was not loaded yet are read, and each is replaced as a whole.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS generations (part VARCHAR, event_timestamp BIGINT, user_id VARCHAR, tracking_id VARCHAR, copy_id VARCHAR, template_id VARCHAR, vars MAP(VARCHAR, VARCHAR), attrs MAP(VARCHAR, VARCHAR), event_time TIMESTAMPTZ, generation_id VARCHAR, calls INTEGER, workspace VARCHAR, campaign_id VARCHAR, webhook_action_id VARCHAR, arm VARCHAR, propensity DOUBLE, policy_version VARCHAR, fallback VARCHAR, forced BOOLEAN, replayed BOOLEAN);

-- DuckDB does not read where there is no file: what is read then is spelled out, also below.
SET VARIABLE copyloop_manifests = (SELECT CASE WHEN count(*) > 0
  THEN $$SELECT * FROM read_json('s3://copyloop/exports/acme/generations/*/*/*/*/*_manifest.json', filename = true,
    format = 'newline_delimited',
    columns = {"partition": 'VARCHAR', content_hash: 'VARCHAR', files: 'STRUCT(name VARCHAR)[]'})$$
  ELSE $$SELECT NULL::VARCHAR AS "partition", NULL::VARCHAR AS content_hash,
    NULL::STRUCT(name VARCHAR)[] AS files, NULL::VARCHAR AS filename LIMIT 0$$ END
FROM glob('s3://copyloop/exports/acme/generations/*/*/*/*/*_manifest.json'));

CREATE OR REPLACE TEMP TABLE copyloop_changed AS
SELECT m."partition" AS part, m.content_hash,
  [replace(m.filename, '_manifest.json', file.name) FOR file IN m.files] AS files
FROM query(getvariable('copyloop_manifests')) m
ANTI JOIN copyloop_loaded l
  ON l.dataset = 'generations' AND l.part = m."partition" AND l.content_hash = m.content_hash;

SET VARIABLE copyloop_files = (SELECT flatten(list(files)) FROM copyloop_changed);
SET VARIABLE copyloop_rows = (SELECT CASE WHEN count(*) > 0
  THEN $$SELECT * FROM read_parquet(getvariable('copyloop_files'), filename = true)$$
  ELSE $$SELECT CAST(NULL AS BIGINT) AS event_timestamp, CAST(NULL AS VARCHAR) AS user_id, CAST(NULL AS VARCHAR) AS tracking_id, CAST(NULL AS VARCHAR) AS copy_id, CAST(NULL AS VARCHAR) AS template_id, CAST(NULL AS MAP(VARCHAR, VARCHAR)) AS vars, CAST(NULL AS MAP(VARCHAR, VARCHAR)) AS attrs, CAST(NULL AS TIMESTAMPTZ) AS event_time, CAST(NULL AS VARCHAR) AS generation_id, CAST(NULL AS INTEGER) AS calls, CAST(NULL AS VARCHAR) AS workspace, CAST(NULL AS VARCHAR) AS campaign_id, CAST(NULL AS VARCHAR) AS webhook_action_id, CAST(NULL AS VARCHAR) AS arm, CAST(NULL AS DOUBLE) AS propensity, CAST(NULL AS VARCHAR) AS policy_version, CAST(NULL AS VARCHAR) AS fallback, CAST(NULL AS BOOLEAN) AS forced, CAST(NULL AS BOOLEAN) AS replayed, NULL::VARCHAR AS filename LIMIT 0$$ END
FROM copyloop_changed);

BEGIN;
DELETE FROM generations WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO generations (part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed)
SELECT c.part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed
FROM query(getvariable('copyloop_rows')) f
JOIN (SELECT part, unnest(files) AS filename FROM copyloop_changed) c USING (filename);
DELETE FROM copyloop_loaded
WHERE dataset = 'generations' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT 'generations', part, content_hash FROM copyloop_changed;
COMMIT;
