package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class KeyHashesTest {

  private static Dataset<Row> hashes(String... keys) {
    return TestLake.spark()
        .createDataFrame(
            Arrays.stream(keys)
                .map(key -> RowFactory.create((Object[]) key.split("/", -1)))
                .map(KeyHashesTest::withNulls)
                .toList(),
            new Columns().optional(DataTypes.StringType, "org", "id").schema())
        .select(KeyHashes.of(List.of("org", "id")));
  }

  private static Row withNulls(Row row) {
    return RowFactory.create(
        row.getString(0).isEmpty() ? null : row.getString(0),
        row.getString(1).isEmpty() ? null : row.getString(1));
  }

  @Test
  void countsEachRepeatedKeyOnceAndTellsNullsApart() {
    assertThat(KeyHashes.repeated(hashes("acme/1", "acme/2", "other/1", "acme/", "/acme")))
        .isZero();
    assertThat(KeyHashes.repeated(hashes("acme/1", "/1", "acme/1", "/1", "acme/1", "/2")))
        .isEqualTo(2);
    assertThat(KeyHashes.repeated(hashes())).isZero();
  }

  @Test
  void givesTheKeysThatAreRepeated() {
    Dataset<Row> rows = hashes("acme/1", "/1", "acme/1", "/1", "acme/1", "/2").toDF("hash");
    WantedHashes repeated = KeyHashes.repeatedOnes(rows);

    assertThat(repeated.count()).isEqualTo(2);
    assertThat(repeated.among(rows, rows.col("hash")).count()).isEqualTo(5);
    assertThat(repeated.notAmong(rows, rows.col("hash")).count()).isEqualTo(1);
    assertThat(KeyHashes.repeatedOnes(hashes("acme/1", "acme/2")).count()).isZero();
  }

  @Test
  void countsEachKeyOnceThatOthersDoNotHave() {
    Dataset<Row> known = hashes("acme/1", "acme/2", "/1", "acme/1");
    assertThat(KeyHashes.unknown(hashes("acme/1", "/1", "acme/1"), known)).isZero();
    assertThat(KeyHashes.unknown(hashes("acme/", "/2", "acme/", "acme/2"), known)).isEqualTo(2);
    assertThat(KeyHashes.unknown(hashes("acme/1"), hashes())).isEqualTo(1);
    assertThat(KeyHashes.unknown(hashes(), known)).isZero();
  }
}
