package dev.copyloop.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FigureSumsTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "org")
          .optional(DataTypes.StringType, "reason", "template_id")
          .optional(DataTypes.LongType, "opens")
          .optional(Columns.MONEY, "value")
          .schema();

  private static Row row(String reason, String template, Long opens, String value) {
    return RowFactory.create(
        "acme", reason, template, opens, value == null ? null : new BigDecimal(value));
  }

  private static Dataset<Row> rows(Row... rows) {
    return TestLake.spark().createDataFrame(List.of(rows), SCHEMA).repartition(2);
  }

  @Test
  void addsBothStatesUpByWhatFiguresAreAbout() {
    Map<List<String>, BigDecimal[]> sums =
        new FigureSums(List.of("org", "template_id"), List.of("opens", "value"))
            .of(
                rows(
                    row("test", "welcome", 2L, "0.000001"),
                    row(null, "welcome", 3L, "99999999999999.999999"),
                    row(null, "gone", null, "1")),
                rows(row("test", "welcome", 4L, null), row("test", null, 5L, "-2.5")));

    assertThat(sums).hasSize(3);
    assertSums(sums.get(List.of("acme", "welcome")), "5", "100000000000000", "4", "0");
    assertSums(sums.get(List.of("acme", "gone")), "0", "1", "0", "0");
    assertSums(sums.get(Arrays.asList("acme", null)), "0", "0", "5", "-2.5");
  }

  private static void assertSums(BigDecimal[] sums, String... expected) {
    assertThat(sums)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(Arrays.stream(expected).map(BigDecimal::new).toArray(BigDecimal[]::new));
  }
}
