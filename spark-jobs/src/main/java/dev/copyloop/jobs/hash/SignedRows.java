package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Rows that were added and taken away. */
public final class SignedRows {
  /** How often a row was added, negative: taken away; a long. */
  public static final String SIGN = "sign";

  private SignedRows() {}

  /** Equal rows together; those that were added as often as taken away are none. */
  public static Dataset<Row> net(Dataset<Row> signed) {
    Column[] columns =
        Arrays.stream(signed.columns())
            .filter(name -> !name.equals(SIGN))
            .map(functions::col)
            .toArray(Column[]::new);
    return signed.groupBy(columns).agg(sum(SIGN).as(SIGN)).where(col(SIGN).notEqual(0));
  }
}
