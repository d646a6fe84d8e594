package dev.copyloop.jobs.inbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The lines of a file, with the possibility to read some again. Not thread-safe. */
final class FileLines implements AutoCloseable {
  private static final int MAX_LINE = 16 * 1024 * 1024;

  private final InputStream in;
  private final Deque<Line> again = new ArrayDeque<>();
  private long number;

  private FileLines(InputStream in) {
    this.in = in;
  }

  static FileLines open(Path file) throws IOException {
    return new FileLines(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /**
   * One line.
   *
   * @param number from 1
   * @param bytes without its line feed and the carriage return before that
   * @param cut whether it is longer than 16 MiB, of which {@code bytes} has the beginning
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Line(long number, byte[] bytes, boolean cut) {}

  /** The next line; null after the last. A byte order mark at the start is left out. */
  Line next() throws IOException {
    if (!again.isEmpty()) {
      return again.pop();
    }
    int first = in.read();
    if (first < 0) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean cut = false;
    for (int b = first; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < MAX_LINE) {
        line.write(b);
      } else {
        cut = true;
      }
    }
    return new Line(number, trimmed(line.toByteArray(), number == 1), cut);
  }

  /** Gives lines back: they come again, in their order, before all others. */
  void unread(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      again.push(lines.get(i));
    }
  }

  private static byte[] trimmed(byte[] line, boolean isFirst) {
    boolean marked =
        isFirst
            && line.length >= 3
            && line[0] == (byte) 0xEF
            && line[1] == (byte) 0xBB
            && line[2] == (byte) 0xBF;
    int start = marked ? 3 : 0;
    int end = line.length > start && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    return start == 0 && end == line.length ? line : Arrays.copyOfRange(line, start, end);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
