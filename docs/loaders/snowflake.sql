-- generations: CALL load_generations() brings the table to what is exported now. Per changed manifest, in one
-- transaction, the partition is deleted and copied anew, and its hash is noted. FORCE, because a rewritten
-- object has its old name: Snowpipe would ignore it, and a plain COPY would load it twice.
-- First: CREATE STAGE copyloop_exports URL = 's3://copyloop/exports/acme/' STORAGE_INTEGRATION = ...;
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS generations (part VARCHAR, event_timestamp NUMBER(19, 0), user_id VARCHAR, tracking_id VARCHAR, copy_id VARCHAR, template_id VARCHAR, vars VARIANT, attrs VARIANT, event_time TIMESTAMP_LTZ, generation_id VARCHAR, calls NUMBER(10, 0), workspace VARCHAR, campaign_id VARCHAR, webhook_action_id VARCHAR, arm VARCHAR, propensity FLOAT, policy_version VARCHAR, fallback VARCHAR, forced BOOLEAN, replayed BOOLEAN);
CREATE FILE FORMAT IF NOT EXISTS copyloop_json TYPE = JSON;
CREATE FILE FORMAT IF NOT EXISTS copyloop_parquet TYPE = PARQUET USE_LOGICAL_TYPE = TRUE;

CREATE OR REPLACE PROCEDURE load_generations() RETURNS NUMBER LANGUAGE SQL AS
$$
DECLARE
  loaded NUMBER DEFAULT 0;
  changed RESULTSET DEFAULT (
    SELECT m.part, m.content_hash, m.folder, m.files
    FROM (
      SELECT $1:partition::VARCHAR AS part, $1:content_hash::VARCHAR AS content_hash,
        REGEXP_SUBSTR(METADATA$FILENAME, 'generations/.*/|generations/') AS folder, $1:files AS files
      FROM @copyloop_exports/generations/ (FILE_FORMAT => copyloop_json, PATTERN => '.*_manifest[.]json')
      WHERE $1:files IS NOT NULL) m
    LEFT JOIN copyloop_loaded l
      ON l.dataset = 'generations' AND l.part = m.part AND l.content_hash = m.content_hash
    WHERE l.part IS NULL);
BEGIN
  FOR manifest IN changed DO
    LET part VARCHAR := manifest.part;
    LET content_hash VARCHAR := manifest.content_hash;
    LET folder VARCHAR := manifest.folder;
    LET names VARCHAR := (SELECT LISTAGG('''' || value:name::VARCHAR || '''', ', ') FROM TABLE(FLATTEN(input => PARSE_JSON(:manifest.files))));
    BEGIN TRANSACTION;
    DELETE FROM generations WHERE part = :part;
    EXECUTE IMMEDIATE 'COPY INTO generations (part, event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, event_time, generation_id, calls, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced, replayed) FROM (SELECT ''' || part
      || ''', $1:event_timestamp::NUMBER(19, 0), $1:user_id::VARCHAR, $1:tracking_id::VARCHAR, $1:copy_id::VARCHAR, $1:template_id::VARCHAR, $1:vars::VARIANT, $1:attrs::VARIANT, $1:event_time::TIMESTAMP_LTZ, $1:generation_id::VARCHAR, $1:calls::NUMBER(10, 0), $1:workspace::VARCHAR, $1:campaign_id::VARCHAR, $1:webhook_action_id::VARCHAR, $1:arm::VARCHAR, $1:propensity::FLOAT, $1:policy_version::VARCHAR, $1:fallback::VARCHAR, $1:forced::BOOLEAN, $1:replayed::BOOLEAN FROM @copyloop_exports/' || folder || ')'
      || ' FILES = (' || names || ') FILE_FORMAT = (FORMAT_NAME = copyloop_parquet) FORCE = TRUE';
    DELETE FROM copyloop_loaded WHERE dataset = 'generations' AND part = :part;
    INSERT INTO copyloop_loaded VALUES ('generations', :part, :content_hash);
    COMMIT;
    loaded := loaded + 1;
  END FOR;
  RETURN loaded;
END;
$$;
