package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.ChosenRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Holds the two ways together in which a {@link RowHash} is written. */
public final class SameHash {

  private SameHash() {}

  /** Asserts that a query computes the same hash of each row, or none where there is none. */
  public static void assertSame(RowHash hash, Dataset<Row> rows) {
    Dataset<Row> expected = rows.withColumn("expected", hash.column());
    Dataset<Row> chosen =
        ChosenRows.of(
            expected,
            columns -> {
              RowHash.Hashing hashing = hash.on(columns);
              int place = columns.fieldIndex("expected");
              return row ->
                  hashing.isAmong(
                      row, value -> !row.isNullAt(place) && value == row.getLong(place));
            });

    assertThat(chosen.count())
        .isEqualTo(expected.where("expected IS NOT NULL").count())
        .isPositive();
  }
}
