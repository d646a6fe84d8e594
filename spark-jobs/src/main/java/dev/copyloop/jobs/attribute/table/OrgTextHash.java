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
    private final int text;

    /** What the hash begins with. */
    private final ByOrg<Long> starts;

    OfRows(StructType columns, UTF8String mark, int text) {
      this.text = text;
      this.starts =
          new ByOrg<>(
              columns,
              org -> XXH64.hashUTF8String(mark, XXH64.hashUTF8String(org, JoinedText.SEED)));
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      return !row.isNullAt(text)
          && wanted.test(XXH64.hashUTF8String(row.getUTF8String(text), starts.of(row)));
    }
  }
}
