package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class PackedRowsTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.LongType, "number")
          .optional(DataTypes.StringType, "text")
          .optional(DataTypes.createArrayType(DataTypes.StringType, false), "texts")
          .schema();

  /** Some blocks of them, a text that no block holds among them. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 20_000; i++) {
      String text = i % 3 == 0 ? null : "näme " + i;
      rows.add(
          RowFactory.create(
              i, i == 7 ? "x".repeat(1 << 20) : text, new String[] {"a" + i, "b".repeat(30)}));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return TestLake.spark().createDataFrame(rows, SCHEMA);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.orderBy("number").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void givesBackEveryRowAsOftenAsItIsAsked() {
    Dataset<Row> rows = frame(rows()).repartition(3);

    try (PackedRows packed = PackedRows.of(rows)) {
      assertThat(texts(packed.rows())).isEqualTo(texts(rows));
      assertThat(packed.rows().where("text IS NULL").count()).isEqualTo(6_667);
      assertThat(packed.rows().schema()).isEqualTo(SCHEMA);
    }
  }

  @Test
  void computesRowsOnceUntilItIsClosed() {
    LongAccumulator computed = TestLake.spark().sparkContext().longAccumulator();
    Dataset<Row> rows =
        frame(rows().subList(0, 100))
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      computed.add(1);
                      return row;
                    },
                Encoders.row(SCHEMA));
    PackedRows packed = PackedRows.of(rows);
    assertThat(computed.value()).isZero();

    assertThat(packed.rows().count()).isEqualTo(100);
    assertThat(packed.rows().count()).isEqualTo(100);
    assertThat(computed.value()).isEqualTo(100);

    packed.close();
    assertThat(packed.rows().count()).isEqualTo(100);
    assertThat(computed.value()).isEqualTo(200);
  }

  @Test
  void keepsNoRowsToo() {
    try (PackedRows packed = PackedRows.of(frame(List.of()))) {
      assertThat(packed.rows().count()).isZero();
    }
  }
}
