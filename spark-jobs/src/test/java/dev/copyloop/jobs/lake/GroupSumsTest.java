package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.TestLake;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class GroupSumsTest {

  private static Dataset<Row> rows() {
    return TestLake.spark()
        .createDataFrame(
            List.of(
                RowFactory.create("acme", Date.valueOf("2026-03-01"), 1, 5L),
                RowFactory.create(null, Date.valueOf("2026-03-01"), 1, 7L),
                RowFactory.create("acme", null, 1, 11L),
                RowFactory.create("acme", Date.valueOf("2026-03-01"), 1, null),
                RowFactory.create("acme", Date.valueOf("2026-03-01"), 1, -2L),
                RowFactory.create("acme", Date.valueOf("2026-03-01"), 2, 13L)),
            new Columns()
                .optional(DataTypes.StringType, "org")
                .optional(DataTypes.DateType, "date")
                .required(DataTypes.IntegerType, "class")
                .optional(DataTypes.LongType, "number")
                .schema())
        .repartition(3);
  }

  @Test
  void addsUpByTextsDatesAndNumbers() {
    Map<String, long[]> sums = new TreeMap<>();
    GroupSums.of(rows().withColumn("one", col("class").cast("long")), 3)
        .forEach((group, sum) -> sums.put(group.toString(), sum));
    assertThat(sums)
        .containsOnlyKeys(
            "[acme, 2026-03-01, 1]",
            "[acme, 2026-03-01, 2]",
            "[acme, null, 1]",
            "[null, 2026-03-01, 1]");
    assertThat(sums.get("[acme, 2026-03-01, 1]")).containsExactly(3, 3);
    assertThat(sums.get("[acme, 2026-03-01, 2]")).containsExactly(13, 2);
    assertThat(sums.get("[null, 2026-03-01, 1]")).containsExactly(7, 1);
  }

  @Test
  void addsUpAllRowsAsOneGroup() {
    Map<List<String>, long[]> sums = GroupSums.of(rows().select("number"), 0);
    assertThat(sums).containsOnlyKeys(List.<String>of());
    assertThat(sums.get(List.of())).containsExactly(34);
    assertThat(GroupSums.of(rows().where("false").select("number"), 0)).isEmpty();
  }

  @Test
  void countsRows() {
    assertThat(GroupSums.count(rows())).isEqualTo(6);
  }
}
