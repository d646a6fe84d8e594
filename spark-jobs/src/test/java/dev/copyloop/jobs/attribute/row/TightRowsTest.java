package dev.copyloop.jobs.attribute.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.hash.Scattering;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TightRowsTest {

  private static final StructType PART =
      new StructType().add("name", DataTypes.StringType).add("size", DataTypes.IntegerType);

  /** A column of each form that a row may have. */
  private static final StructType SCHEMA =
      new StructType()
          .add("hash", DataTypes.LongType, false)
          .add("number", DataTypes.LongType)
          .add("text", DataTypes.StringType)
          .add("whole", DataTypes.IntegerType)
          .add("day", DataTypes.DateType)
          .add("flag", DataTypes.BooleanType)
          .add("share", DataTypes.DoubleType)
          .add("amount", Columns.MONEY)
          .add("texts", DataTypes.createArrayType(DataTypes.StringType))
          .add("parts", DataTypes.createArrayType(PART))
          .add("bytes", DataTypes.BinaryType);

  private static Row row(long i, Random random) {
    Object[] values = {
      random.nextInt(4) * 0x1111_2222_3333_4444L,
      i - 50,
      "nämé".repeat(random.nextInt(80)),
      random.nextInt(),
      Date.valueOf("2026-11-0" + (1 + random.nextInt(9))),
      random.nextBoolean(),
      random.nextDouble(),
      BigDecimal.valueOf(random.nextLong(), Columns.MONEY.scale()),
      new String[] {"a" + i, null, "x".repeat(random.nextInt(20))},
      List.of(RowFactory.create("part", 3), RowFactory.create(null, random.nextInt())),
      new byte[random.nextInt(20)]
    };
    for (int column = 1; column < values.length; column++) {
      values[column] = random.nextInt(3) == 0 ? null : values[column];
    }
    return RowFactory.create(values);
  }

  private static Dataset<Row> rows(int count) {
    Random random = new Random(count);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i, random));
    }
    return TestLake.spark().createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }

  @Test
  void everyValueOfEveryRowGetsThrough() {
    Dataset<Row> rows = rows(3_000);
    TightRows form = new TightRows(SCHEMA);

    JavaRDD<InternalRow> through =
        Scattering.gathered(InternalRows.of(rows), 5, each -> new RowBlocks(each, form, 5))
            .mapPartitions(blocks -> new SortedRows(blocks, form));

    assertThat(texts(InternalRows.frame(TestLake.spark(), through, SCHEMA))).isEqualTo(texts(rows));
  }

  @Test
  void aRowTellsItsHashAndWhereTheNextBegins() {
    TightRows form = new TightRows(SCHEMA);

    for (UnsafeRow row :
        InternalRows.of(rows(200)).map(row -> ((UnsafeRow) row).copy()).collect()) {
      byte[] tight = new byte[5 + TightRows.mostBytes(row)];
      int end = form.write(row, tight, 5);
      assertThat(TightRows.next(tight, 5)).isEqualTo(end);
      assertThat(form.first(tight, 5)).isEqualTo(row.getLong(0));
    }
  }
}
