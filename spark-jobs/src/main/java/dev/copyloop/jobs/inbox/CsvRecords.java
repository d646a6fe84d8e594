package dev.copyloop.jobs.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a CSV file (RFC 4180): comma, double quotes, doubled within quotes, and line
 * breaks allowed there. Fields are split as bytes and decoded one by one, so that a broken
 * character spoils its record only; so does a quote that is never closed. Not thread-safe.
 */
final class CsvRecords implements AutoCloseable {
  private static final int MAX_RECORD = 1024 * 1024;

  private final FileLines lines;

  CsvRecords(FileLines lines) {
    this.lines = lines;
  }

  /**
   * One record.
   *
   * @param line the line it begins on, from 1
   * @param problem why it could not be read; then it has no fields
   */
  record Csv(long line, List<String> fields, Optional<String> problem) {}

  /** The next record that is not blank; null after the last. */
  Csv next() throws IOException {
    FileLines.Line first = lines.next();
    while (first != null && first.bytes().length == 0) {
      first = lines.next();
    }
    return first == null ? null : record(first);
  }

  private Csv record(FileLines.Line first) throws IOException {
    List<FileLines.Line> more = new ArrayList<>();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(first.bytes());
    boolean open = hasOddQuotes(first.bytes());
    while (open && record.size() <= MAX_RECORD) {
      FileLines.Line line = lines.next();
      if (line == null) {
        break;
      }
      more.add(line);
      record.write('\n');
      record.writeBytes(line.bytes());
      open ^= hasOddQuotes(line.bytes());
    }
    if (open || record.size() > MAX_RECORD) {
      // Only the line with the stray quote is lost: the others may be records of their own.
      lines.unread(more);
      return broken(first, open ? "A quote is not closed" : "A record over 1 MiB");
    }
    return fields(first, record.toByteArray());
  }

  private static Csv broken(FileLines.Line first, String problem) {
    return new Csv(first.number(), List.of(), Optional.of(problem));
  }

  private static boolean hasOddQuotes(byte[] line) {
    int quotes = 0;
    for (byte b : line) {
      if (b == '"') {
        quotes++;
      }
    }
    return quotes % 2 == 1;
  }

  private static Csv fields(FileLines.Line first, byte[] record) {
    List<String> fields = new ArrayList<>();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    boolean quoted = false;
    try {
      for (int i = 0; i < record.length; i++) {
        byte b = record[i];
        if (b == '"') {
          if (quoted && i + 1 < record.length && record[i + 1] == '"') {
            field.write(b);
            i++;
          } else if (quoted || field.size() == 0) {
            quoted = !quoted;
          } else {
            return broken(first, "A quote inside a field that is not quoted");
          }
        } else if (b == ',' && !quoted) {
          fields.add(text(field));
        } else {
          field.write(b);
        }
      }
      fields.add(text(field));
    } catch (CharacterCodingException e) {
      return broken(first, "Not UTF-8");
    }
    return new Csv(first.number(), fields, Optional.empty());
  }

  private static String text(ByteArrayOutputStream field) throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field.toByteArray())).toString();
    field.reset();
    return text;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
