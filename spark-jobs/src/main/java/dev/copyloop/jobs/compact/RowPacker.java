package dev.copyloop.jobs.compact;

import java.util.Optional;

/** Packs the rows of one landing object's lines into blocks. Not thread-safe. */
final class RowPacker {
  /** A hundred of them may be in memory with each task that reads or writes some. */
  private static final int BLOCK_BYTES = 128 * 1024;

  private final LandingObject object;
  private final PackedBytes bytes = new PackedBytes(BLOCK_BYTES + 16 * 1024);

  RowPacker(LandingObject object) {
    this.object = object;
  }

  /** Adds the row of a line; full blocks are to be taken. */
  void add(int line, ParsedLine.Good parsed, LineDigests digests) {
    if (parsed instanceof ParsedLine.Generation generation) {
      GenerationRows.PACKED.write(line, GenerationRows.values(generation, digests), bytes);
    } else {
      EventRows.PACKED.write(line, EventRows.values(parsed, digests), bytes);
    }
  }

  boolean isFull() {
    return bytes.size() >= BLOCK_BYTES;
  }

  /** The rows added since the last block; empty if there are none. */
  Optional<RowBlock> take() {
    return bytes.size() == 0 ? Optional.empty() : Optional.of(RowBlock.of(object, bytes.take()));
  }
}
