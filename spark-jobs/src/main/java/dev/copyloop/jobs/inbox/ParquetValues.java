package dev.copyloop.jobs.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Parquet values as JSON: times with their offset as ISO 8601 (without one if the column says that
 * it has none), decimals as numbers, UUIDs as text, maps and structs as objects.
 */
final class ParquetValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int JULIAN_EPOCH = 2_440_588;

  private ParquetValues() {}

  /** A column's value; null if it is absent. */
  static JsonNode field(Group row, Type column) {
    int count = row.getFieldRepetitionCount(column.getName());
    if (column.isRepetition(Type.Repetition.REPEATED)) {
      ArrayNode items = JSON.arrayNode(count);
      for (int i = 0; i < count; i++) {
        items.add(value(row, column, i));
      }
      return items;
    }
    return count == 0 ? NullNode.getInstance() : value(row, column, 0);
  }

  private static JsonNode value(Group row, Type column, int index) {
    if (column.isPrimitive()) {
      return primitive(row, column.asPrimitiveType(), index);
    }
    Group group = row.getGroup(column.getName(), index);
    LogicalTypeAnnotation kind = column.getLogicalTypeAnnotation();
    if (kind instanceof MapLogicalTypeAnnotation) {
      return map(group, column.asGroupType());
    }
    return kind instanceof ListLogicalTypeAnnotation
        ? list(group, column.asGroupType())
        : struct(group, column.asGroupType());
  }

  private static ObjectNode struct(Group group, GroupType type) {
    ObjectNode node = JSON.objectNode();
    for (Type field : type.getFields()) {
      JsonNode value = field(group, field);
      if (!value.isNull()) {
        node.set(field.getName(), value);
      }
    }
    return node;
  }

  private static ObjectNode map(Group group, GroupType type) {
    ObjectNode node = JSON.objectNode();
    GroupType entry = type.getType(0).asGroupType();
    for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
      Group pair = group.getGroup(0, i);
      JsonNode value =
          entry.getFieldCount() < 2 ? NullNode.getInstance() : field(pair, entry.getType(1));
      if (!value.isNull()) {
        node.set(field(pair, entry.getType(0)).asText(), value);
      }
    }
    return node;
  }

  private static ArrayNode list(Group group, GroupType type) {
    ArrayNode items = JSON.arrayNode();
    Type repeated = type.getType(0);
    for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
      boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
      items.add(
          wrapped
              ? field(group.getGroup(0, i), repeated.asGroupType().getType(0))
              : value(group, repeated, i));
    }
    return items;
  }

  private static JsonNode primitive(Group row, PrimitiveType type, int index) {
    String name = type.getName();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> JSON.booleanNode(row.getBoolean(name, index));
      case FLOAT -> finite(row.getFloat(name, index));
      case DOUBLE -> finite(row.getDouble(name, index));
      case INT32 ->
          isUnsigned(type)
              ? JSON.numberNode(Integer.toUnsignedLong(row.getInteger(name, index)))
              : integer(type, row.getInteger(name, index));
      case INT64 ->
          isUnsigned(type)
              ? JSON.numberNode(new BigInteger(Long.toUnsignedString(row.getLong(name, index))))
              : integer(type, row.getLong(name, index));
      case INT96 -> JSON.textNode(instant(row.getInt96(name, index)).toString());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(type, row.getBinary(name, index));
    };
  }

  private static JsonNode binary(PrimitiveType type, Binary value) {
    LogicalTypeAnnotation kind = type.getLogicalTypeAnnotation();
    if (kind instanceof DecimalLogicalTypeAnnotation decimal) {
      return JSON.numberNode(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()));
    }
    if (kind instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer();
      return JSON.textNode(new UUID(bytes.getLong(), bytes.getLong()).toString());
    }
    return JSON.textNode(value.toStringUsingUTF8());
  }

  private static boolean isUnsigned(PrimitiveType type) {
    return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation kind
        && !kind.isSigned();
  }

  private static JsonNode finite(double number) {
    return Double.isFinite(number)
        ? JSON.numberNode(BigDecimal.valueOf(number))
        : NullNode.getInstance();
  }

  private static JsonNode integer(PrimitiveType type, long number) {
    LogicalTypeAnnotation kind = type.getLogicalTypeAnnotation();
    if (kind instanceof TimestampLogicalTypeAnnotation timestamp) {
      ChronoUnit unit = ChronoUnit.valueOf(timestamp.getUnit().name());
      Instant instant = Instant.EPOCH.plus(number, unit);
      return JSON.textNode(
          timestamp.isAdjustedToUTC()
              ? instant.toString()
              : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString());
    }
    if (kind instanceof DateLogicalTypeAnnotation) {
      return JSON.textNode(LocalDate.ofEpochDay(number).toString());
    }
    return kind instanceof DecimalLogicalTypeAnnotation decimal
        ? JSON.numberNode(BigDecimal.valueOf(number, decimal.getScale()))
        : JSON.numberNode(number);
  }

  private static Instant instant(Binary int96) {
    NanoTime time = NanoTime.fromBinary(int96);
    return LocalDate.ofEpochDay(time.getJulianDay() - JULIAN_EPOCH)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusNanos(time.getTimeOfDayNanos());
  }
}
