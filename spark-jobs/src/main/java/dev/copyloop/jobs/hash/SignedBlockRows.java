package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.CompressedBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The rows of {@link SignedBlocks} of one task, all in memory; those that are read are one object.
 * Not thread-safe.
 */
final class SignedBlockRows {

  /** Marks a row that the other side has too; the places of rows are not negative. */
  private static final int CANCELLED = Integer.MIN_VALUE;

  private final List<byte[]> blocks = new ArrayList<>();
  private final UnsafeRow columns;
  private final SignedRow row = new SignedRow();

  /** Of each row the first 64 bits of its hash. */
  private long[] hashes = new long[64];

  /** Of each row its block, and where it begins there. */
  private long[] places = new long[64];

  private int count;

  SignedBlockRows(Iterator<byte[]> compressed, int columns) {
    this.columns = new UnsafeRow(columns);
    compressed.forEachRemaining(this::add);
  }

  private void add(byte[] compressed) {
    byte[] block = new byte[CompressedBlock.length(compressed)];
    CompressedBlock.decompress(compressed, block);
    int start = 0;
    while (start < block.length) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
      }
      hashes[count] = number(block, start, 1 + SignedRow.HIGH);
      places[count++] = (long) blocks.size() << Integer.SIZE | start;
      start += SignedBlocks.HEADER + (int) number(block, start, 0);
    }
    blocks.add(block);
  }

  private static long number(byte[] block, int start, int place) {
    return Platform.getLong(block, Platform.BYTE_ARRAY_OFFSET + start + (long) place * Long.BYTES);
  }

  private long number(int index, int column) {
    return number(
        blocks.get((int) (places[index] >>> Integer.SIZE)), (int) places[index], 1 + column);
  }

  /** All rows, in any order. */
  Iterator<InternalRow> all() {
    return IntStream.range(0, count).mapToObj(this::row).iterator();
  }

  /** The rows that only one side has, each once. */
  Iterator<InternalRow> cancelled() {
    int[] order = HashOrder.of(hashes, 1, count);
    int left = 0;
    for (int end = 0, start = 0; start < count; start = end) {
      end = start + 1;
      while (end < count && hashes[order[end]] == hashes[order[start]]) {
        end++;
      }
      left = cancel(order, start, end, left);
    }
    return Arrays.stream(order, 0, left).mapToObj(this::row).iterator();
  }

  /**
   * Moves what is left of rows that agree in the first 64 bits behind what is left of those before.
   * Nearly always they are one row, however often it occurs.
   *
   * @return where that ends
   */
  private int cancel(int[] order, int start, int end, int left) {
    int different = left;
    for (int next = start; next < end; next++) {
      int index = order[next];
      int place = left;
      while (place < different && !areEqual(rowAt(order[place]), index)) {
        place++;
      }
      if (place == different) {
        order[different++] = index;
      } else if (number(rowAt(order[place]), SignedRow.SIGN) != number(index, SignedRow.SIGN)) {
        order[place] = CANCELLED | order[place];
      }
    }
    return withoutCancelled(order, left, different);
  }

  private static int rowAt(int marked) {
    return marked & ~CANCELLED;
  }

  private static int withoutCancelled(int[] order, int start, int end) {
    int to = start;
    for (int place = start; place < end; place++) {
      if ((order[place] & CANCELLED) == 0) {
        order[to++] = order[place];
      }
    }
    return to;
  }

  private boolean areEqual(int index, int other) {
    return number(index, SignedRow.LOW) == number(other, SignedRow.LOW);
  }

  private InternalRow row(int index) {
    byte[] block = blocks.get((int) (places[index] >>> Integer.SIZE));
    int start = (int) places[index];
    columns.pointTo(
        block,
        Platform.BYTE_ARRAY_OFFSET + (long) start + SignedBlocks.HEADER,
        (int) number(block, start, 0));
    return row.of(
        hashes[index], number(index, SignedRow.LOW), number(index, SignedRow.SIGN), columns);
  }
}
