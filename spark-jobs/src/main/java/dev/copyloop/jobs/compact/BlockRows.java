package dev.copyloop.jobs.compact;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of a block that the verdicts leave, with what the verdicts say about them. */
final class BlockRows implements Iterator<InternalRow> {
  private final RowBlock block;
  private final RowKind kind;
  private final UTF8String object;
  private final UTF8String batchId;
  private final Verdicts verdicts;
  private final PackedLineRows.Cursor rows;
  private boolean hasNext;

  BlockRows(RowBlock block, RowKind kind, String batchId, Verdicts verdicts) {
    this.block = block;
    this.kind = kind;
    this.object = UTF8String.fromString(block.key());
    this.batchId = UTF8String.fromString(batchId);
    this.verdicts = verdicts;
    this.rows =
        switch (kind) {
          case EVENTS -> EventRows.PACKED.read(block.rows());
          case GENERATIONS -> GenerationRows.PACKED.read(block.rows());
        };
    advance();
  }

  @Override
  public boolean hasNext() {
    return hasNext;
  }

  @Override
  public InternalRow next() {
    if (!hasNext) {
      throw new NoSuchElementException();
    }
    InternalRow row = row(rows.line());
    advance();
    return row;
  }

  private void advance() {
    do {
      hasNext = rows.advance();
    } while (hasNext && !verdicts.writes(block.object(), rows.line()));
  }

  private InternalRow row(int line) {
    return switch (kind) {
      case EVENTS -> EventRows.brought(rows.values(), object, line, batch(line));
      case GENERATIONS ->
          GenerationRows.brought(
              rows.values(), object, line, verdicts.callsOf(block.object(), line), batchId);
    };
  }

  private UTF8String batch(int line) {
    String inherited = verdicts.inheritedBatch(block.object(), line);
    return inherited == null ? batchId : UTF8String.fromString(inherited);
  }
}
