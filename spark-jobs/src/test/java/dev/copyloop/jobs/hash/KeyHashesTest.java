package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.lit;
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

  private static Dataset<Row> marked(long mark, String... keys) {
    return hashes(keys).toDF("hash").withColumn("mark", lit(mark));
  }

  private static long repeated(String... keys) {
    return KeyHashes.faults(marked(KeyHashes.UNIQUE, keys)).repeated();
  }

  @Test
  void countsEachRepeatedKeyOnceAndTellsNullsApart() {
    assertThat(repeated("acme/1", "acme/2", "other/1", "acme/", "/acme")).isZero();
    assertThat(repeated("acme/1", "/1", "acme/1", "/1", "acme/1", "/2")).isEqualTo(2);
    assertThat(repeated()).isZero();
    assertThat(
            KeyHashes.faults(
                marked(KeyHashes.UNIQUE, "acme/1").union(marked(KeyHashes.KNOWN, "acme/1"))))
        .isEqualTo(new KeyHashes.Faults(0, 0));
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
  void countsEachKeyOnceThatIsAskedForAndNotKnown() {
    Dataset<Row> known =
        marked(KeyHashes.KNOWN, "acme/1", "acme/2")
            .union(marked(KeyHashes.KNOWN + KeyHashes.UNIQUE, "/1"))
            .union(marked(KeyHashes.UNIQUE, "/3"));

    assertThat(unknown(known, "acme/1", "/1", "acme/1")).isZero();
    assertThat(unknown(known, "acme/", "/3", "acme/", "acme/2")).isEqualTo(2);
    assertThat(unknown(marked(KeyHashes.KNOWN), "acme/1")).isEqualTo(1);
    assertThat(unknown(known)).isZero();
  }

  private static long unknown(Dataset<Row> known, String... asked) {
    return KeyHashes.faults(known.union(marked(KeyHashes.ASKED, asked))).unknown();
  }
}
