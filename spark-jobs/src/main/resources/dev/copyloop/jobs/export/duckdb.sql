-- ${dataset}: brings the table to what is exported now. Run it as often as you like: only partitions
-- whose content hash was not loaded yet are read, and each is replaced as a whole.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS ${dataset} (part VARCHAR, ${definitions});

-- DuckDB does not read where there is no file: what is read then is spelled out, also below.
SET VARIABLE copyloop_manifests = (SELECT CASE WHEN count(*) > 0
  THEN $$SELECT * FROM read_json('${root}${dataset}/${levels}*_manifest.json', filename = true,
    format = 'newline_delimited',
    columns = {"partition": 'VARCHAR', content_hash: 'VARCHAR', files: 'STRUCT(name VARCHAR)[]'})$$
  ELSE $$SELECT NULL::VARCHAR AS "partition", NULL::VARCHAR AS content_hash,
    NULL::STRUCT(name VARCHAR)[] AS files, NULL::VARCHAR AS filename LIMIT 0$$ END
FROM glob('${root}${dataset}/${levels}*_manifest.json'));

CREATE OR REPLACE TEMP TABLE copyloop_changed AS
SELECT m."partition" AS part, m.content_hash,
  [replace(m.filename, '_manifest.json', file.name) FOR file IN m.files] AS files
FROM query(getvariable('copyloop_manifests')) m
ANTI JOIN copyloop_loaded l
  ON l.dataset = '${dataset}' AND l.part = m."partition" AND l.content_hash = m.content_hash;

SET VARIABLE copyloop_files = (SELECT flatten(list(files)) FROM copyloop_changed);
SET VARIABLE copyloop_rows = (SELECT CASE WHEN count(*) > 0
  THEN $$SELECT * FROM read_parquet(getvariable('copyloop_files'), filename = true)$$
  ELSE $$SELECT ${nulls}, NULL::VARCHAR AS filename LIMIT 0$$ END
FROM copyloop_changed);

BEGIN;
DELETE FROM ${dataset} WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO ${dataset} (part, ${columns})
SELECT c.part, ${columns}
FROM query(getvariable('copyloop_rows')) f
JOIN (SELECT part, unnest(files) AS filename FROM copyloop_changed) c USING (filename);
DELETE FROM copyloop_loaded
WHERE dataset = '${dataset}' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT '${dataset}', part, content_hash FROM copyloop_changed;
COMMIT;
