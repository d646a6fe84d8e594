package dev.copyloop.jobs.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PackedLineRowsTest {
  private final Random random = new Random(7);

  @Test
  void rowsOfEventsComeBackAsTheyWere() {
    roundTrip(EventsTable.SPEC.schema());
  }

  @Test
  void rowsOfGenerationsComeBackAsTheyWere() {
    roundTrip(GenerationsTable.SPEC.schema());
  }

  @Test
  void aRowThatIsNotReadIsPassedOver() {
    PackedLineRows packed = new PackedLineRows(EventsTable.SPEC.schema());
    PackedBytes bytes = new PackedBytes(16);
    for (int line = 1; line <= 50; line++) {
      packed.write(line, row(EventsTable.SPEC.schema()).values(), bytes);
    }

    PackedLineRows.Cursor rows = packed.read(bytes.take());
    for (int line = 1; line <= 50; line++) {
      assertThat(rows.advance()).isTrue();
      assertThat(rows.line()).isEqualTo(line);
    }
    assertThat(rows.advance()).isFalse();
  }

  @Test
  void whatWasTakenIsNotTakenAgain() {
    PackedBytes bytes = new PackedBytes(16);
    bytes.putInt(1);

    assertThat(bytes.take()).containsExactly(0, 0, 0, 1);
    assertThat(bytes.take()).isEmpty();
  }

  @Test
  void whatCannotBePackedIsRefused() {
    assertThatThrownBy(
            () -> new PackedLineRows(new StructType().add("short", DataTypes.ShortType, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SMALLINT");
  }

  private void roundTrip(StructType schema) {
    PackedLineRows packed = new PackedLineRows(schema);
    PackedBytes bytes = new PackedBytes(16);
    List<GenericInternalRow> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      written.add(row(schema));
      packed.write(i, written.get(i).values(), bytes);
    }

    PackedLineRows.Cursor rows = packed.read(bytes.take());
    for (GenericInternalRow expected : written) {
      assertThat(rows.advance()).isTrue();
      assertThat(texts(rows.values())).isEqualTo(texts(expected.values()));
    }
    assertThat(rows.advance()).isFalse();
  }

  /** Maps as Spark keeps them are only equal to themselves. */
  private static List<String> texts(Object[] values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(
          value instanceof ArrayBasedMapData map
              ? map.keyArray() + " " + map.valueArray()
              : String.valueOf(value));
    }
    return texts;
  }

  private GenericInternalRow row(StructType schema) {
    StructField[] columns = schema.fields();
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? null : value(columns[i].dataType());
    }
    return new GenericInternalRow(values);
  }

  private Object value(DataType type) {
    if (type.equals(Columns.MONEY)) {
      return InternalRows.money(BigDecimal.valueOf(random.nextInt(), random.nextInt(7)));
    } else if (type.equals(Columns.TEXTS)) {
      List<String> keys = texts();
      return new ArrayBasedMapData(InternalRows.texts(keys), InternalRows.texts(keys));
    } else if (type.equals(DataTypes.StringType)) {
      return InternalRows.text(text());
    } else if (type.equals(DataTypes.DoubleType)) {
      return random.nextDouble();
    } else if (type.equals(DataTypes.BooleanType)) {
      return random.nextBoolean();
    } else if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
      return random.nextInt();
    } else if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
      return random.nextLong();
    }
    return InternalRows.texts(texts());
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text());
    }
    return texts;
  }

  /** Around the lengths that are packed differently, too. */
  private String text() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "ä€😀".repeat(random.nextInt(20));
      case 2 -> "x".repeat(250 + random.nextInt(10));
      default -> Long.toHexString(random.nextLong());
    };
  }
}
