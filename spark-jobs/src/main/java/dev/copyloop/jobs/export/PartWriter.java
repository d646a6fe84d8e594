package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.jobs.hash.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Writes parts: each to a file on the local disk, which then takes its stable name at once, so that
 * a reader sees the old object or the new one, never half. A part above the limit becomes several
 * files, and there that holds for readers of the manifest only.
 */
final class PartWriter implements Serializable {

  private static final long serialVersionUID = 1;

  /** How many rows are written between two looks at the size of a file. */
  private static final int ROWS_PER_LOOK = 1_000;

  private final Settings settings;
  private final Map<String, ExportTarget> targets;
  private final Map<String, String> etags;

  /**
   * @param targets by org
   * @param etags the etag that the last manifests name, by address
   */
  PartWriter(Settings settings, Map<String, ExportTarget> targets, Map<String, String> etags) {
    this.settings = settings;
    this.targets = Map.copyOf(targets);
    this.etags = Map.copyOf(etags);
  }

  /** What all parts of a dataset have in common. */
  record Settings(
      String dataset,
      Partitioning partitioning,
      Format format,
      StructType columns,
      long partBytes,
      String runId)
      implements Serializable {
    private static final long serialVersionUID = 1;
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
    List<ExportedFile> files = new ArrayList<>();
    long rows = 0;
    try {
      do {
        Path local = Files.createTempFile("copyloop-export-", ".part");
        try {
          rows += fill(local, org, part, run);
          files.add(put(org, part, local, files.size()));
        } finally {
          Files.deleteIfExists(local);
        }
      } while (run.isIn(org, part));
      return new WrittenPart(org, part, rows, files, null);
    } catch (IOException e) {
      run.skip(org, part);
      return WrittenPart.failed(org, part, String.valueOf(e));
    }
  }

  private long fill(Path local, String org, String part, Run run) throws IOException {
    long rows = 0;
    try (RowFile file = RowFile.open(settings.format(), local, settings.columns())) {
      while (run.isIn(org, part)) {
        file.write(run.next());
        rows++;
        if (rows % ROWS_PER_LOOK == 0 && file.bytes() >= settings.partBytes()) {
          break;
        }
      }
    }
    return rows;
  }

  private ExportedFile put(String org, String part, Path local, int number) throws IOException {
    ExportTarget target = targets.get(org);
    String name = LakeLayout.exportPart(number, settings.format().label());
    String key = target.key(folder(part) + name);
    String address = target.bucket().path(key).toString();
    String etag =
        new PartPut(target.bucket(), settings.runId())
            .put(key, local, Optional.ofNullable(etags.get(address)));
    return new ExportedFile(name, Files.size(local), Sha256.hex(local), etag);
  }

  /** The part's folder below the org's prefix. */
  String folder(String part) {
    return settings.partitioning().folder(settings.dataset(), part);
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
