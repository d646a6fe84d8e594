package dev.copyloop.jobs.inbox;

import java.io.IOException;

/** One JSON object per line; blank lines are no rows. */
final class NdjsonRows implements InboxRows {
  private final FileLines lines;

  NdjsonRows(FileLines lines) {
    this.lines = lines;
  }

  @Override
  public InboxRow next() throws IOException {
    for (FileLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.cut()) {
        return InboxRow.broken(line.number(), "A line over 16 MiB");
      }
      if (!isBlank(line.bytes())) {
        return InboxRow.of(line.number(), line.bytes());
      }
    }
    return null;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
