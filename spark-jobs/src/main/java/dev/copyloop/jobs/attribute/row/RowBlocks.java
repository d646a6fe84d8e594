package dev.copyloop.jobs.attribute.row;

import dev.copyloop.jobs.hash.ByteScattering;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Puts tight rows in compressed blocks, by the task that they go to. Not thread-safe. */
final class RowBlocks extends ByteScattering {

  private final TightRows form;

  RowBlocks(Iterator<InternalRow> rows, TightRows form, int tasks) {
    super(rows, tasks);
    this.form = form;
  }

  @Override
  protected int add(int task, int length, InternalRow row) {
    UnsafeRow unsafe = (UnsafeRow) row;
    return form.write(unsafe, reserve(task, length, TightRows.mostBytes(unsafe)), length);
  }
}
