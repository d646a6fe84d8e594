package dev.copyloop.jobs.inbox;

import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.run.Bucket;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes one version of a file: lands its rows, then writes the result. Interrupted at any point and
 * run again, it meets the objects it had put and goes on.
 */
final class FileIntake {
  /** Uncompressed bytes after which an object is full; compressed it is well below the limit. */
  static final long OBJECT_BYTES = 64L << 20;

  private final Bucket bucket;
  private final LandingPuts landing;
  private final long objectBytes;

  FileIntake(Bucket bucket, LandingPuts landing, long objectBytes) {
    this.bucket = bucket;
    this.landing = landing;
    this.objectBytes = objectBytes;
  }

  /**
   * Takes a version of a file; empty if it was overwritten or deleted meanwhile, so that it is for
   * the next run.
   *
   * @throws IOException if the storage or the disk fails, which a retry may mend
   */
  Optional<FileResult> take(InboxFile file) throws IOException {
    Optional<FileResult> result = result(file);
    if (result.isEmpty() || !isCurrent(file)) {
      return Optional.empty();
    }
    bucket.write(LakeLayout.inboxResult(file.key()), FileResultJson.write(result.get()));
    return result;
  }

  private Optional<FileResult> result(InboxFile file) throws IOException {
    Optional<InboxFormat> format = InboxFormat.of(file.key());
    if (format.isEmpty()) {
      return Optional.of(
          FileResult.refused(
              file,
              "The name says no format: end it in .ndjson, .jsonl, .json, .csv or .parquet, and"
                  + " .gz if it is compressed"));
    }
    try (LocalCopy copy = LocalCopy.of(file, bucket)) {
      return isCurrent(file) ? Optional.of(land(file, copy, format.get())) : Optional.empty();
    } catch (InvalidFileException e) {
      return Optional.of(FileResult.refused(file, e.getMessage()));
    } catch (FileNotFoundException e) {
      if (isCurrent(file)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean isCurrent(InboxFile file) throws IOException {
    return bucket
        .find(file.key())
        .map(entry -> InboxFile.of(file.org(), file.bucket(), entry).version())
        .equals(Optional.of(file.version()));
  }

  private FileResult land(InboxFile file, LocalCopy copy, InboxFormat format) throws IOException {
    if (format == InboxFormat.PARQUET) {
      // Damage shows only in reading: once through before any row is taken.
      readThrough(copy, format);
    }
    Tally tally = new Tally(file);
    try (InboxRows rows = InboxRows.open(copy.path(), format)) {
      for (InboxRow row = rows.next(); row != null; row = rows.next()) {
        tally.add(row);
      }
    }
    return tally.finish();
  }

  private static void readThrough(LocalCopy copy, InboxFormat format) throws IOException {
    try (InboxRows rows = InboxRows.open(copy.path(), format)) {
      while (rows.next() != null) {
        // Only whether it can be read.
      }
    }
  }

  /** What came of the rows so far. */
  private final class Tally {
    private final InboxFile file;
    private final RowCheck check;
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<FileResult.Rejection> rejections = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private LandingChunk chunk;
    private long taken;
    private long rejected;

    Tally(InboxFile file) throws IOException {
      this.file = file;
      this.check = new RowCheck(file);
      this.chunk = new LandingChunk(file, 0);
    }

    void add(InboxRow row) throws IOException {
      LandingLine line;
      try {
        line = check.line(row);
      } catch (InvalidEventException e) {
        reject(row, e);
        return;
      }
      chunk.add(line);
      taken++;
      if (chunk.bytes() >= objectBytes) {
        put();
        chunk = new LandingChunk(file, taken);
      }
    }

    private void reject(InboxRow row, InvalidEventException why) {
      rejected++;
      reasons.merge(why.reason().label(), 1L, Long::sum);
      if (rejections.size() < FileResult.MAX_REJECTIONS) {
        rejections.add(
            new FileResult.Rejection(row.number(), why.reason().label(), why.getMessage()));
      }
    }

    private void put() throws IOException {
      LandingContent content = chunk.content();
      landing.put(content);
      objects.add(content.key());
    }

    FileResult finish() throws IOException {
      if (chunk.lines() > 0) {
        put();
      }
      return new FileResult(
          file.org(),
          file.key(),
          file.version(),
          file.arrivedAt().toString(),
          taken + rejected,
          taken,
          rejected,
          reasons,
          rejections,
          objects,
          null);
    }
  }
}
