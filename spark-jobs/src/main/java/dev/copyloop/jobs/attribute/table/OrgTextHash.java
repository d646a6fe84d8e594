package dev.copyloop.jobs.attribute.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.hash.RowHash;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A text of the row's org; none where the text is null.
 *
 * @param mark tells texts of one kind from those of another
 * @param name of the text's column
 */
record OrgTextHash(String mark, String name) implements RowHash {
  private static final long serialVersionUID = 1L;

  @Override
  public Column column() {
    return column(mark, col(name));
  }

  static Column column(String mark, Column text) {
    return when(text.isNotNull(), xxhash64(col("org"), lit(mark), text));
  }

  @Override
  public Hashing on(StructType columns) {
    return new OfRows(columns, UTF8String.fromString(mark), columns.fieldIndex(name));
  }

  private static final class OfRows implements Hashing {
    private final int org;
    private final UTF8String mark;
    private final int text;

    /** What the hash begins with; null before the first row. */
    private UTF8String lastOrg;

    private long start;

    OfRows(StructType columns, UTF8String mark, int text) {
      this.org = columns.fieldIndex("org");
      this.mark = mark;
      this.text = text;
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      if (row.isNullAt(text)) {
        return false;
      }
      UTF8String ofOrg = row.getUTF8String(org);
      if (!ofOrg.equals(lastOrg)) {
        lastOrg = ofOrg.copy();
        start = XXH64.hashUTF8String(mark, XXH64.hashUTF8String(lastOrg, JoinedText.SEED));
      }
      return wanted.test(XXH64.hashUTF8String(row.getUTF8String(text), start));
    }
  }
}
