package dev.copyloop.jobs.attribute.row;

import dev.copyloop.jobs.hash.HashOrder;
import dev.copyloop.jobs.lake.CompressedBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of {@link RowBlocks}, those of the least hash first. All of a task's are in memory, and
 * all are one object, valid until the next is asked for. Not thread-safe.
 */
final class SortedRows implements Iterator<InternalRow> {

  private final TightRows form;
  private final TightRows.Reader reader;
  private final List<byte[]> blocks = new ArrayList<>();
  private long[] hashes = new long[1024];

  /** Of each row its block, and where it begins there. */
  private long[] places = new long[1024];

  private int count;
  private final int[] order;
  private int next;

  SortedRows(Iterator<byte[]> compressed, TightRows form) {
    this.form = form;
    this.reader = form.reader();
    compressed.forEachRemaining(this::add);
    this.order = HashOrder.of(hashes, 1, count);
  }

  private void add(byte[] compressed) {
    byte[] block = new byte[CompressedBlock.length(compressed)];
    CompressedBlock.decompress(compressed, block);
    for (int start = 0; start < block.length; start = TightRows.next(block, start)) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
      }
      hashes[count] = form.first(block, start);
      places[count++] = (long) blocks.size() << Integer.SIZE | start;
    }
    blocks.add(block);
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further row");
    }
    long place = places[order[next++]];
    return reader.read(blocks.get((int) (place >>> Integer.SIZE)), (int) place);
  }
}
