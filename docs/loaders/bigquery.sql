-- generations: brings a table to what is exported now. Run it as often as you like. BigQuery reads Google
-- Cloud Storage: copy the exports there first (Storage Transfer Service keeps their names), and put that
-- address for s3://copyloop/exports/acme/. It refuses to read a dataset of which nothing was exported yet: leave it out until
-- then.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset STRING, part STRING, content_hash STRING);
CREATE TABLE IF NOT EXISTS generations (part STRING, event_timestamp INT64, user_id STRING, tracking_id STRING, copy_id STRING, template_id STRING, vars STRUCT<key_value ARRAY<STRUCT<key STRING, value STRING>>>, attrs STRUCT<key_value ARRAY<STRUCT<key STRING, value STRING>>>, event_time TIMESTAMP, generation_id STRING, calls INT64, workspace STRING, campaign_id STRING, webhook_action_id STRING, arm STRING, propensity FLOAT64, policy_version STRING, fallback STRING, forced BOOL, replayed BOOL);
CREATE OR REPLACE EXTERNAL TABLE copyloop_generations_manifests (
  `partition` STRING, content_hash STRING, files ARRAY<STRUCT<name STRING>>)
OPTIONS (format = 'NEWLINE_DELIMITED_JSON', ignore_unknown_values = true,
  uris = ['s3://copyloop/exports/acme/generations/*_manifest.json']);
CREATE OR REPLACE EXTERNAL TABLE copyloop_generations_files
OPTIONS (format = 'PARQUET', uris = ['s3://copyloop/exports/acme/generations/*.parquet']);

CREATE TEMP TABLE copyloop_changed AS
SELECT m.`partition` AS part, m.content_hash, REGEXP_REPLACE(m._FILE_NAME, '_manifest[.]json$', '') AS folder
FROM copyloop_generations_manifests m
LEFT JOIN copyloop_loaded l
  ON l.dataset = 'generations' AND l.part = m.`partition` AND l.content_hash = m.content_hash
WHERE l.part IS NULL AND ARRAY_LENGTH(m.files) > 0;

BEGIN TRANSACTION;
DELETE FROM generations WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO generations (part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed)
SELECT c.part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed
FROM copyloop_generations_files f
JOIN copyloop_changed c ON REGEXP_REPLACE(f._FILE_NAME, 'part-[0-9]+[.]parquet$', '') = c.folder;
DELETE FROM copyloop_loaded
WHERE dataset = 'generations' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT 'generations', part, content_hash FROM copyloop_changed;
COMMIT TRANSACTION;
DROP TABLE copyloop_changed;
