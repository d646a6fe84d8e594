package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows that a landing object brings, by the verdicts on its lines, read as they are asked for.
 */
final class RowReader implements Iterator<InternalRow> {
  private final LandingObject object;
  private final String batchId;
  private final Verdicts verdicts;
  private final LandingObjectReader lines;
  private InternalRow next;

  private RowReader(
      LandingObject object, String batchId, Verdicts verdicts, LandingObjectReader lines) {
    this.object = object;
    this.batchId = batchId;
    this.verdicts = verdicts;
    this.lines = lines;
    advance();
  }

  /** Opens an object in a task, at whose end it is closed. */
  static Iterator<InternalRow> open(
      Bucket bucket, LandingObject object, String batchId, Verdicts verdicts) throws IOException {
    LandingObjectReader lines = LandingObjectReader.ofLines(bucket.open(object.address()));
    var unused =
        TaskContext.get()
            .addTaskCompletionListener(
                task -> {
                  try {
                    lines.close();
                  } catch (IOException e) {
                    throw new UncheckedIOException("Cannot close " + object.key(), e);
                  }
                });
    return new RowReader(object, batchId, verdicts, lines);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public InternalRow next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    InternalRow row = next;
    advance();
    return row;
  }

  private void advance() {
    next = null;
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (object.lines().takes(lines.lines())
            && verdicts.writes(object.number(), lines.lines())) {
          next = row(parsed(line, lines.lines()), lines.lines());
          if (next != null) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + object.key(), e);
    }
  }

  private ParsedLine parsed(byte[] line, int number) {
    return LineParser.parse(object.source(), line, object.lines().verifiedBy(number));
  }

  /** The line's row; null if it belongs into the quarantine. */
  private InternalRow row(ParsedLine parsed, int number) {
    if (parsed instanceof ParsedLine.Generation generation) {
      return GenerationRows.row(generation, object.key(), number, calls(generation, number));
    }
    if (parsed instanceof ParsedLine.Good event) {
      String brought = verdicts.batchOf(object.number(), number, batchId);
      return EventRows.row(event, object.key(), number, brought);
    }
    return null;
  }

  private Calls calls(ParsedLine.Generation line, int number) {
    Calls merged = verdicts.callsOf(object.number(), number);
    return merged != null
        ? merged
        : new Calls(
            List.of(line.generation().callId()),
            List.of(LandingPlace.of(object.key(), number)),
            batchId);
  }
}
