package dev.copyloop.jobs.compact;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a block that the verdicts leave, with what the verdicts say about them. */
final class BlockRows implements Iterator<InternalRow> {
  private final RowBlock block;
  private final RowKind kind;
  private final String batchId;
  private final Verdicts verdicts;
  private final PackedLineRows.Cursor rows;
  private boolean hasNext;

  BlockRows(RowBlock block, RowKind kind, String batchId, Verdicts verdicts) {
    this.block = block;
    this.kind = kind;
    this.batchId = batchId;
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
      case EVENTS ->
          EventRows.brought(
              rows.values(), block.key(), line, verdicts.batchOf(block.object(), line, batchId));
      case GENERATIONS ->
          GenerationRows.brought(
              rows.values(), block.key(), line, verdicts.callsOf(block.object(), line), batchId);
    };
  }
}
