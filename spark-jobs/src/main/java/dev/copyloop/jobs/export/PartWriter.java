package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.GroupHashes;
import dev.copyloop.jobs.hash.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

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

  /**
   * What all parts of a dataset have in common.
   *
   * @param rows the schema of its rows: org and part, then the columns of the files
   */
  record Settings(
      String dataset,
      Partitioning partitioning,
      Format format,
      StructType rows,
      long partBytes,
      String runId)
      implements Serializable {
    private static final long serialVersionUID = 1;

    StructType columns() {
      return ExportDataset.ofFiles(rows);
    }
  }

  /** Writes the parts of rows that come by (org, part). */
  Iterator<WrittenPart> write(Iterator<InternalRow> rows) {
    List<WrittenPart> written = new ArrayList<>();
    Run run = new Run(rows);
    while (run.hasNext()) {
      written.add(write(run.org(), run.part(), run));
    }
    return written.iterator();
  }

  /** Writes a part without rows. */
  WrittenPart writeEmpty(String org, String part) {
    return write(
        UTF8String.fromString(org),
        UTF8String.fromString(part),
        new Run(List.<InternalRow>of().iterator()));
  }

  private WrittenPart write(UTF8String org, UTF8String part, Run run) {
    List<ExportedFile> files = new ArrayList<>();
    GroupHashes hashes = GroupHashes.byFirst(settings.rows(), ExportDataset.KEY_COLUMNS);
    try {
      do {
        Path local = Files.createTempFile("copyloop-export-", ".part");
        try {
          fill(local, org, part, run, hashes);
          files.add(put(org.toString(), part.toString(), local, files.size()));
        } finally {
          Files.deleteIfExists(local);
        }
      } while (run.isIn(org, part));
      ContentHash content = ContentHash.sum(hashes.result().values());
      return new WrittenPart(org.toString(), part.toString(), content, files, null);
    } catch (IOException e) {
      run.skip(org, part);
      return WrittenPart.failed(org.toString(), part.toString(), String.valueOf(e));
    }
  }

  private void fill(Path local, UTF8String org, UTF8String part, Run run, GroupHashes hashes)
      throws IOException {
    long rows = 0;
    try (RowFile file = RowFile.open(settings.format(), local, settings.columns())) {
      while (run.isIn(org, part)) {
        file.write(run.row());
        hashes.add(run.row());
        run.advance();
        rows++;
        if (rows % ROWS_PER_LOOK == 0 && file.bytes() >= settings.partBytes()) {
          break;
        }
      }
    }
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

  /** Sorted rows, of which one is looked at: it is only there until the next one is. */
  private static final class Run {

    private final Iterator<InternalRow> rows;
    private InternalRow row;

    Run(Iterator<InternalRow> rows) {
      this.rows = rows;
      advance();
    }

    boolean hasNext() {
      return row != null;
    }

    InternalRow row() {
      return row;
    }

    UTF8String org() {
      return row.getUTF8String(0).clone();
    }

    UTF8String part() {
      return row.getUTF8String(1).clone();
    }

    boolean isIn(UTF8String org, UTF8String part) {
      return row != null && org.equals(row.getUTF8String(0)) && part.equals(row.getUTF8String(1));
    }

    void skip(UTF8String org, UTF8String part) {
      while (isIn(org, part)) {
        advance();
      }
    }

    void advance() {
      row = rows.hasNext() ? rows.next() : null;
    }
  }
}
