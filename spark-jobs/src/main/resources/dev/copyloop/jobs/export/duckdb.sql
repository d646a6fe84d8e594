-- ${dataset}: brings the table to what is exported now. Run it as often as you like: only partitions
-- whose content hash was not loaded yet are read, and each is replaced as a whole.
CREATE TABLE IF NOT EXISTS copyloop_loaded (dataset VARCHAR, part VARCHAR, content_hash VARCHAR);
CREATE TABLE IF NOT EXISTS ${dataset} (part VARCHAR, ${definitions});

CREATE OR REPLACE TEMP TABLE copyloop_changed AS
SELECT m."partition" AS part, m.content_hash,
  [replace(m.filename, '_manifest.json', file.name) FOR file IN m.files] AS files
FROM read_json('${root}${dataset}/${levels}_manifest.json', filename = true, format = 'newline_delimited',
  columns = {"partition": 'VARCHAR', content_hash: 'VARCHAR', files: 'STRUCT(name VARCHAR)[]'}) m
ANTI JOIN copyloop_loaded l
  ON l.dataset = '${dataset}' AND l.part = m."partition" AND l.content_hash = m.content_hash;

-- If nothing changed, any one file is named, of which nothing is taken.
SET VARIABLE copyloop_files = (SELECT CASE WHEN count(*) > 0 THEN flatten(list(files))
  ELSE (SELECT [min(file)] FROM glob('${root}${dataset}/${levels}*.parquet')) END FROM copyloop_changed);

BEGIN;
DELETE FROM ${dataset} WHERE part IN (SELECT part FROM copyloop_changed);
INSERT INTO ${dataset} (part, ${columns})
SELECT c.part, ${columns}
FROM read_parquet(getvariable('copyloop_files'), filename = true) f
JOIN (SELECT part, unnest(files) AS filename FROM copyloop_changed) c USING (filename);
DELETE FROM copyloop_loaded
WHERE dataset = '${dataset}' AND part IN (SELECT part FROM copyloop_changed);
INSERT INTO copyloop_loaded SELECT '${dataset}', part, content_hash FROM copyloop_changed;
COMMIT;
