package dev.copyloop.jobs.inbox;

import java.io.IOException;
import java.nio.file.Path;

/** The rows of a file, one after the other. Not thread-safe. */
interface InboxRows extends AutoCloseable {

  /**
   * The next row; null after the last.
   *
   * @throws InvalidFileException if the file as a whole is not what its name says
   */
  InboxRow next() throws IOException;

  @Override
  void close() throws IOException;

  /** The rows of a local file that is not compressed. */
  static InboxRows open(Path file, InboxFormat format) throws IOException {
    return switch (format) {
      case NDJSON -> new NdjsonRows(FileLines.open(file));
      case CSV -> new CsvRows(FileLines.open(file));
      case PARQUET -> ParquetRows.open(file);
    };
  }
}
