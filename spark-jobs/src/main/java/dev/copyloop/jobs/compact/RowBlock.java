package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.CompressedBlock;

/**
 * Rows that lines of one landing object bring if nothing was decided against them.
 *
 * @param object its number in the batch
 * @param key its key
 * @param compressed what {@link PackedLineRows} wrote
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record RowBlock(int object, String key, byte[] compressed) implements Indexed {
  private static final long serialVersionUID = 1L;

  /** A block of packed rows of an object. */
  static RowBlock of(LandingObject object, byte[] rows) {
    return new RowBlock(object.number(), object.key(), CompressedBlock.of(rows, rows.length));
  }

  /** The packed rows. */
  byte[] rows() {
    byte[] rows = new byte[CompressedBlock.length(compressed)];
    CompressedBlock.decompress(compressed, rows);
    return rows;
  }
}
