-- ${dataset}: CALL load_${dataset}() brings the table to what is exported now. Per changed manifest, in one
-- transaction, the partition is deleted and copied anew, and its hash is noted. FORCE, because a rewritten
-- object has its old name: Snowpipe would ignore it, and a plain COPY would load it twice.
-- First: CREATE STAGE copyloop_exports URL = '${address}' STORAGE_INTEGRATION = ...;
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS ${dataset} (part VARCHAR, ${definitions});
CREATE FILE FORMAT IF NOT EXISTS copyloop_json TYPE = JSON;
CREATE FILE FORMAT IF NOT EXISTS copyloop_parquet TYPE = PARQUET USE_LOGICAL_TYPE = TRUE;

CREATE OR REPLACE PROCEDURE load_${dataset}() RETURNS NUMBER LANGUAGE SQL AS
$$
DECLARE
  loaded NUMBER DEFAULT 0;
  changed RESULTSET DEFAULT (
    SELECT m.part, m.content_hash, m.folder, m.files
    FROM (
      SELECT $1:partition::VARCHAR AS part, $1:content_hash::VARCHAR AS content_hash,
        REGEXP_SUBSTR(METADATA$FILENAME, '${dataset}/.*/|${dataset}/') AS folder, $1:files AS files
      FROM @copyloop_exports/${dataset}/ (FILE_FORMAT => copyloop_json, PATTERN => '.*_manifest[.]json')
      WHERE $1:files IS NOT NULL) m
    LEFT JOIN copyloop_loaded l
      ON l.dataset = '${dataset}' AND l.part = m.part AND l.content_hash = m.content_hash
    WHERE l.part IS NULL);
BEGIN
  FOR manifest IN changed DO
    LET part VARCHAR := manifest.part;
    LET content_hash VARCHAR := manifest.content_hash;
    LET folder VARCHAR := manifest.folder;
    LET names VARCHAR := (SELECT LISTAGG('''' || value:name::VARCHAR || '''', ', ') FROM TABLE(FLATTEN(input => PARSE_JSON(:manifest.files))));
    BEGIN TRANSACTION;
    DELETE FROM ${dataset} WHERE part = :part;
    EXECUTE IMMEDIATE 'COPY INTO ${dataset} (part, ${columns}) FROM (SELECT ''' || part
      || ''', ${copied} FROM @copyloop_exports/' || folder || ')'
      || ' FILES = (' || names || ') FILE_FORMAT = (FORMAT_NAME = copyloop_parquet) FORCE = TRUE';
    DELETE FROM copyloop_loaded WHERE dataset = '${dataset}' AND part = :part;
    INSERT INTO copyloop_loaded VALUES ('${dataset}', :part, :content_hash);
    COMMIT;
    loaded := loaded + 1;
  END FOR;
  RETURN loaded;
END;
$$;
