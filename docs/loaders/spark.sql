-- generations: brings a Delta table to what is exported now, by Spark or Databricks. Run it as often as you
-- like: parts whose file changed since are replaced as a whole, in one commit. Spark reads no file whose
-- name begins with an underscore, hence no manifest: a part that lost all its rows is not noticed here.
-- It refuses to read a dataset of which nothing was exported yet: leave it out until then.
CREATE TABLE IF NOT EXISTS generations (part STRING, file_changed_at TIMESTAMP, event_timestamp BIGINT, user_id STRING, tracking_id STRING, copy_id STRING, template_id STRING, vars MAP<STRING, STRING>, attrs MAP<STRING, STRING>, event_time TIMESTAMP, generation_id STRING, calls INT, workspace STRING, campaign_id STRING, webhook_action_id STRING, arm STRING, propensity DOUBLE, policy_version STRING, fallback STRING, forced BOOLEAN, replayed BOOLEAN) USING delta;

CREATE OR REPLACE TEMPORARY VIEW copyloop_changed AS
SELECT now.part, now.file_changed_at
FROM (
  SELECT regexp_extract(_metadata.file_path, 'generations/(.*)part-', 1) AS part,
    max(_metadata.file_modification_time) AS file_changed_at
  FROM parquet.`s3a://copyloop/exports/acme/generations/*/*/*/*/*.parquet` GROUP BY 1) now
LEFT ANTI JOIN (SELECT DISTINCT part, file_changed_at FROM generations) loaded
  ON loaded.part = now.part AND loaded.file_changed_at = now.file_changed_at;

MERGE INTO generations t
USING (
  SELECT true AS outdated, part, file_changed_at, CAST(NULL AS BIGINT) AS event_timestamp, CAST(NULL AS STRING) AS user_id, CAST(NULL AS STRING) AS tracking_id, CAST(NULL AS STRING) AS copy_id, CAST(NULL AS STRING) AS template_id, CAST(NULL AS MAP<STRING, STRING>) AS vars, CAST(NULL AS MAP<STRING, STRING>) AS attrs, CAST(NULL AS TIMESTAMP) AS event_time, CAST(NULL AS STRING) AS generation_id, CAST(NULL AS INT) AS calls, CAST(NULL AS STRING) AS workspace, CAST(NULL AS STRING) AS campaign_id, CAST(NULL AS STRING) AS webhook_action_id, CAST(NULL AS STRING) AS arm, CAST(NULL AS DOUBLE) AS propensity, CAST(NULL AS STRING) AS policy_version, CAST(NULL AS STRING) AS fallback, CAST(NULL AS BOOLEAN) AS forced, CAST(NULL AS BOOLEAN) AS replayed FROM copyloop_changed
  UNION ALL
  SELECT false, c.part, c.file_changed_at, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed
  FROM (
    SELECT regexp_extract(_metadata.file_path, 'generations/(.*)part-', 1) AS file_part, *
    FROM parquet.`s3a://copyloop/exports/acme/generations/*/*/*/*/*.parquet`) f
  JOIN copyloop_changed c ON c.part = f.file_part) s
ON t.part = s.part AND s.outdated
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED AND NOT s.outdated THEN
  INSERT (part, file_changed_at, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed) VALUES (s.part, s.file_changed_at, s.event_timestamp, s.user_id, s.tracking_id, s.copy_id, s.template_id, s.vars, s.attrs, s.event_time, s.generation_id, s.calls, s.workspace, s.campaign_id, s.webhook_action_id, s.arm, s.propensity, s.policy_version, s.fallback, s.forced, s.replayed);
