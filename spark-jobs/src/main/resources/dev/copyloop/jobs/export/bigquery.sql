-- ${dataset}: brings a table to what is exported now. Run it as often as you like. BigQuery reads Google
-- Cloud Storage: copy the exports there first (Storage Transfer Service keeps their names), and put that
-- address for ${address}. It refuses to read a dataset of which nothing was exported yet: leave it out until
-- then.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset STRING, part STRING, content_hash STRING);
CREATE TABLE IF NOT EXISTS ${dataset} (part STRING, ${definitions});
CREATE OR REPLACE EXTERNAL TABLE copyloop_${dataset}_manifests (
  `partition` STRING, content_hash STRING, files ARRAY<STRUCT<name STRING>>)
OPTIONS (format = 'NEWLINE_DELIMITED_JSON', ignore_unknown_values = true,
  uris = ['${address}${dataset}/*_manifest.json']);
CREATE OR REPLACE EXTERNAL TABLE copyloop_${dataset}_files
OPTIONS (format = 'PARQUET', uris = ['${address}${dataset}/*.parquet']);

CREATE TEMP TABLE copyloop_changed AS
SELECT m.`partition` AS part, m.content_hash, REGEXP_REPLACE(m._FILE_NAME, '_manifest[.]json$', '') AS folder
FROM copyloop_${dataset}_manifests m
LEFT JOIN copyloop_loaded l
  ON l.dataset = '${dataset}' AND l.part = m.`partition` AND l.content_hash = m.content_hash
WHERE l.part IS NULL AND ARRAY_LENGTH(m.files) > 0;

BEGIN TRANSACTION;
DELETE FROM ${dataset} WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO ${dataset} (part, ${columns})
SELECT c.part, ${columns}
FROM copyloop_${dataset}_files f
JOIN copyloop_changed c ON REGEXP_REPLACE(f._FILE_NAME, 'part-[0-9]+[.]parquet$', '') = c.folder;
DELETE FROM copyloop_loaded
WHERE dataset = '${dataset}' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT '${dataset}', part, content_hash FROM copyloop_changed;
COMMIT TRANSACTION;
DROP TABLE copyloop_changed;
