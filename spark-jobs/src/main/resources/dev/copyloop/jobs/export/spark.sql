-- ${dataset}: brings a Delta table to what is exported now, by Spark or Databricks. Run it as often as you
-- like: parts whose file changed since are replaced as a whole, in one commit. Spark reads no file whose
-- name begins with an underscore, hence no manifest: a part that lost all its rows is not noticed here.
-- It refuses to read a dataset of which nothing was exported yet: leave it out until then.
CREATE TABLE IF NOT EXISTS ${dataset} (part STRING, file_changed_at TIMESTAMP, ${definitions}) USING delta;

CREATE OR REPLACE TEMPORARY VIEW copyloop_changed AS
SELECT now.part, now.file_changed_at
FROM (
  SELECT regexp_extract(_metadata.file_path, '${dataset}/(.*)part-', 1) AS part,
    max(_metadata.file_modification_time) AS file_changed_at
  FROM parquet.`${root}${dataset}/${levels}*.parquet` GROUP BY 1) now
LEFT ANTI JOIN (SELECT DISTINCT part, file_changed_at FROM ${dataset}) loaded
  ON loaded.part = now.part AND loaded.file_changed_at = now.file_changed_at;

MERGE INTO ${dataset} t
USING (
  SELECT true AS outdated, part, file_changed_at, ${nulls} FROM copyloop_changed
  UNION ALL
  SELECT false, c.part, c.file_changed_at, ${columns}
  FROM (
    SELECT regexp_extract(_metadata.file_path, '${dataset}/(.*)part-', 1) AS file_part, *
    FROM parquet.`${root}${dataset}/${levels}*.parquet`) f
  JOIN copyloop_changed c ON c.part = f.file_part) s
ON t.part = s.part AND s.outdated
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED AND NOT s.outdated THEN
  INSERT (part, file_changed_at, ${columns}) VALUES (s.part, s.file_changed_at, ${merged});
