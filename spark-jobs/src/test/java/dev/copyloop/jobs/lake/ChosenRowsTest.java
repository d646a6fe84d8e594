package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenRowsTest {

  private static final TableSpec TABLE =
      TableSpec.daily(
          "visits",
          new Columns()
              .required(DataTypes.DateType, "date")
              .required(DataTypes.StringType, "visitor")
              .optional(DataTypes.StringType, "text")
              .required(DataTypes.LongType, "number")
              .optional(DataTypes.TimestampType, "at")
              .optional(Columns.MONEY, "value")
              .optional(DataTypes.BooleanType, "flag")
              .optional(DataTypes.createArrayType(DataTypes.StringType, false), "texts")
              .schema());

  private static final int ROWS = 10_000;

  @TempDir private Path folder;
  private RunContext run;

  @BeforeEach
  void open() {
    run = TestLake.in(folder).run();
  }

  /** More than a batch of columns, on two days. */
  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean isNull = i % 3 == 0;
      rows.add(
          RowFactory.create(
              Date.valueOf("2026-03-0" + (1 + i % 2)),
              "visitor " + i,
              isNull ? null : "text " + i % 5,
              (long) i,
              isNull ? null : new Timestamp(1_000L * i),
              isNull ? null : BigDecimal.valueOf(i, 2),
              isNull ? null : i % 2 == 0,
              isNull ? null : new String[] {"a" + i, "b"}));
    }
    return TestLake.spark().createDataFrame(rows, TABLE.schema());
  }

  /** Those whose number a thousand divides. */
  private static ChosenRows.Choice thousands(StructType columns) {
    int number = columns.fieldIndex("number");
    return row -> row.getLong(number) % 1_000 == 0;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.orderBy("number").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void givesTheChosenRowsOfATable() {
    run.tables().append(TABLE, rows(), Optional.empty());
    Dataset<Row> table = run.tables().read(TABLE);

    Dataset<Row> chosen = ChosenRows.of(table, ChosenRowsTest::thousands);

    assertThat(chosen.schema()).isEqualTo(table.schema());
    assertThat(texts(chosen)).hasSize(10).isEqualTo(texts(table.where("number % 1000 = 0")));
  }

  @Test
  void givesSomeColumnsInAnyOrder() {
    run.tables().append(TABLE, rows(), Optional.empty());
    Dataset<Row> columns = run.tables().read(TABLE).select("texts", "number", "date");

    assertThat(texts(ChosenRows.of(columns, ChosenRowsTest::thousands)))
        .hasSize(10)
        .isEqualTo(texts(columns.where("number % 1000 = 0")));
  }

  @Test
  void choosesAmongRowsThatAreNoTablesToo() {
    Dataset<Row> table = run.tables().read(TABLE);
    assertThat(ChosenRows.of(table, ChosenRowsTest::thousands).count()).isZero();

    run.tables().append(TABLE, rows(), Optional.empty());
    Dataset<Row> odd = run.tables().read(TABLE).where("number % 2000 = 1000");
    assertThat(texts(ChosenRows.of(odd, ChosenRowsTest::thousands)))
        .hasSize(5)
        .isEqualTo(texts(odd));
  }
}
