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
   *
   * @return where that ends
   */
  private int cancel(int[] order, int start, int end, int left) {
    int to = left;
    int[] group = Arrays.copyOfRange(order, start, end);
    for (int next = 0; next < group.length; next++) {
      if (isFirst(group, next) && !isLaterOnTheOtherSide(group, next)) {
        order[to++] = group[next];
      }
    }
    return to;
  }

  /** Whether no row before is equal, of whichever side. */
  private boolean isFirst(int[] group, int place) {
    for (int before = 0; before < place; before++) {
      if (areEqual(group[before], group[place])) {
        return false;
      }
    }
    return true;
  }

  private boolean isLaterOnTheOtherSide(int[] group, int place) {
    for (int later = place + 1; later < group.length; later++) {
      if (areEqual(group[later], group[place])
          && number(group[later], SignedRow.SIGN) != number(group[place], SignedRow.SIGN)) {
        return true;
      }
    }
    return false;
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
