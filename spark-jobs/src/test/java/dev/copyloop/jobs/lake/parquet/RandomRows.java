package dev.copyloop.jobs.lake.parquet;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows whose values repeat as those of the lake do. */
final class RandomRows {
  static final DataType LIST = DataTypes.createArrayType(DataTypes.StringType, false);

  private final Random random;

  RandomRows(long seed) {
    random = new Random(seed);
  }

  List<InternalRow> rows(StructType schema, int count) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] values = new Object[schema.size()];
      for (int column = 0; column < values.length; column++) {
        StructField field = schema.apply(column);
        boolean isNull = field.nullable() && random.nextInt(3) == 0;
        values[column] = isNull ? null : value(field.name(), field.dataType());
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows;
  }

  private Object value(String name, DataType type) {
    if (type.equals(Columns.MONEY)) {
      return InternalRows.money(BigDecimal.valueOf(random.nextLong(), 6));
    } else if (type.equals(Columns.TEXTS)) {
      List<String> keys = List.of("a", "b", "ä").subList(0, random.nextInt(4));
      List<String> values =
          keys.stream().map(key -> random.nextInt(4) == 0 ? null : text()).toList();
      return new ArrayBasedMapData(InternalRows.texts(keys), InternalRows.texts(values));
    } else if (type.equals(LIST)) {
      return InternalRows.texts(List.of("x", "", text()).subList(0, random.nextInt(4)));
    } else if (type.equals(DataTypes.BinaryType)) {
      return Long.toString(random.nextLong(), 36).getBytes(StandardCharsets.UTF_8);
    } else if (type.equals(DataTypes.BooleanType)) {
      return random.nextBoolean();
    } else if (type.equals(DataTypes.DoubleType)) {
      return random.nextDouble();
    } else if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
      return random.nextInt(1_000_000) - 500_000;
    } else if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
      return random.nextLong() >> 8;
    }
    return switch (name) {
      case "nothing" -> null;
      case "many" -> InternalRows.text(Long.toHexString(random.nextLong()));
      default -> InternalRows.text(text());
    };
  }

  /** Some of a few. */
  private String text() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "grüße 😀".repeat(random.nextInt(3));
      case 2 -> "x".repeat(random.nextInt(30));
      default -> "acme";
    };
  }
}
