package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * The first 128 bits of the hashes of rows that a table loses. Not thread-safe while it is made.
 */
final class LostHashes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongSet high;
  private final LongSet low;

  private LostHashes(int expected) {
    this.high = new LongSet(expected);
    this.low = new LongSet(expected);
  }

  /** Those of the lost ones among rows of {@link SignedRow}. */
  static LostHashes among(Iterator<InternalRow> signed) {
    LostHashes hashes = new LostHashes(0);
    while (signed.hasNext()) {
      InternalRow row = signed.next();
      if (!SignedRow.isGained(row)) {
        hashes.high.add(row.getLong(SignedRow.HIGH));
        hashes.low.add(row.getLong(SignedRow.LOW));
      }
    }
    return hashes;
  }

  /** All of them together. */
  static LostHashes of(List<LostHashes> parts) {
    LostHashes all = new LostHashes(parts.stream().mapToInt(part -> part.high.size()).sum());
    for (LostHashes part : parts) {
      part.high.forEach(all.high::add);
      part.low.forEach(all.low::add);
    }
    return all;
  }

  /** The rows that are not lost, all of whose columns are hashed; the iterator is one task's. */
  Iterator<InternalRow> without(Iterator<InternalRow> rows, StructType schema) {
    CanonicalRow encoding = new CanonicalRow(schema);
    return InternalRows.where(rows, row -> !isLost(encoding.hash(row, 0)));
  }

  private boolean isLost(byte[] sha256) {
    // Each half is wrong once in many nights, both never together.
    return high.contains(RunningHash.high(sha256)) && low.contains(RunningHash.low(sha256));
  }
}
