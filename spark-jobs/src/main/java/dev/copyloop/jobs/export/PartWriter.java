package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Writes parts: each to a file on the local disk, which is then put under its stable name in one
 * request, so that a reader sees the old object or the new one, never half.
 */
final class PartWriter implements Serializable {

  private static final long serialVersionUID = 1;

  /** {@code org} and {@code part}. */
  private static final int KEY_COLUMNS = 2;

  private final Bucket bucket;
  private final String dataset;
  private final Partitioning partitioning;
  private final StructType columns;

  PartWriter(Bucket bucket, String dataset, Partitioning partitioning, StructType columns) {
    this.bucket = bucket;
    this.dataset = dataset;
    this.partitioning = partitioning;
    this.columns = columns;
  }

  /** Writes the parts of rows that come by (org, part). */
  Iterator<WrittenPart> write(Iterator<Row> rows) {
    List<WrittenPart> written = new ArrayList<>();
    Run run = new Run(rows);
    while (run.hasNext()) {
      written.add(write(run.org(), run.part(), run));
    }
    return written.iterator();
  }

  /** Writes a part without rows. */
  WrittenPart writeEmpty(String org, String part) {
    return write(org, part, new Run(List.<Row>of().iterator()));
  }

  private WrittenPart write(String org, String part, Run run) {
    try {
      Path local = Files.createTempFile("copyloop-export-", ".parquet");
      try {
        return put(org, part, local, fill(local, org, part, run));
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException e) {
      run.skip(org, part);
      return new WrittenPart(org, part, 0, 0, "", String.valueOf(e));
    }
  }

  private long fill(Path local, String org, String part, Run run) throws IOException {
    long rows = 0;
    try (ParquetWriter<Row> writer = RowParquetWriter.open(local, columns, KEY_COLUMNS)) {
      while (run.isIn(org, part)) {
        writer.write(run.next());
        rows++;
      }
    }
    return rows;
  }

  private WrittenPart put(String org, String part, Path local, long rows) throws IOException {
    String key = folder(org, part) + LakeLayout.FIRST_PART;
    bucket
        .fileSystem()
        .copyFromLocalFile(
            false, true, new org.apache.hadoop.fs.Path(local.toUri()), bucket.path(key));
    return new WrittenPart(org, part, rows, Files.size(local), sha256(local), null);
  }

  /** The part's folder in the bucket. */
  String folder(String org, String part) {
    return LakeLayout.exports(org) + partitioning.folder(dataset, part);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Sorted rows, one ahead. */
  private static final class Run {

    private final Iterator<Row> rows;
    private Row next;

    Run(Iterator<Row> rows) {
      this.rows = rows;
      advance();
    }

    boolean hasNext() {
      return next != null;
    }

    String org() {
      return next.getString(0);
    }

    String part() {
      return next.getString(1);
    }

    boolean isIn(String org, String part) {
      return next != null && Objects.equals(org, org()) && Objects.equals(part, part());
    }

    Row next() {
      Row row = next;
      advance();
      return row;
    }

    void skip(String org, String part) {
      while (isIn(org, part)) {
        advance();
      }
    }

    private void advance() {
      next = rows.hasNext() ? rows.next() : null;
    }
  }
}
