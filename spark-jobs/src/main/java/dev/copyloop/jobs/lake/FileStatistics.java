package dev.copyloop.jobs.lake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What Delta's log says about a file, so that readers leave it out: how many rows it has, and of
 * some columns the least and the greatest value and how many are null. Columns are texts, dates and
 * times. Not thread-safe.
 *
 * <p>The form is that of Delta's protocol, "Per-file Statistics": times are cut to milliseconds,
 * which its readers know.
 */
final class FileStatistics {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);
  private static final long MICROS_PER_MILLI = 1000;

  private final List<Bounds> columns;
  private long rows;

  FileStatistics(StructType schema, List<String> names) {
    columns = names.stream().map(name -> new Bounds(schema, name)).toList();
  }

  /** Takes a row into account; the row may be filled anew afterwards. */
  void add(InternalRow row) {
    rows++;
    for (Bounds column : columns) {
      column.add(row);
    }
  }

  /** As Delta spells them. */
  String json() {
    ObjectNode json = Json.mapper().createObjectNode().put("numRecords", rows);
    ObjectNode least = json.putObject("minValues");
    ObjectNode greatest = json.putObject("maxValues");
    ObjectNode nulls = json.putObject("nullCount");
    for (Bounds column : columns) {
      if (column.least != null) {
        least.put(column.name, text(column.least));
        greatest.put(column.name, text(column.greatest));
      }
      nulls.put(column.name, column.nulls);
    }
    return json.toString();
  }

  private static String text(Object value) {
    if (value instanceof Integer day) {
      return LocalDate.ofEpochDay(day).toString();
    }
    return value instanceof Long micros
        ? TIME.format(Instant.ofEpochMilli(Math.floorDiv(micros, MICROS_PER_MILLI)))
        : value.toString();
  }

  /** Reads a column's value; Spark's own reading by type asks its settings for each. */
  private interface Reading {
    Object read(InternalRow row, int position);
  }

  private static Reading reading(DataType type) {
    if (type instanceof StringType) {
      return InternalRow::getUTF8String;
    }
    return type instanceof DateType ? InternalRow::getInt : InternalRow::getLong;
  }

  private static final class Bounds {
    private final String name;
    private final int position;
    private final Reading reading;
    private Object least;
    private Object greatest;
    private long nulls;

    Bounds(StructType schema, String name) {
      this.name = name;
      this.position = schema.fieldIndex(name);
      this.reading = reading(schema.apply(position).dataType());
    }

    void add(InternalRow row) {
      if (row.isNullAt(position)) {
        nulls++;
        return;
      }
      Object value = reading.read(row, position);
      if (least == null || compare(least, value) > 0) {
        least = kept(value);
      }
      if (greatest == null || compare(greatest, value) < 0) {
        greatest = kept(value);
      }
    }

    private static int compare(Object one, Object other) {
      if (one instanceof UTF8String text) {
        // Their own comparison asks the process's environment each time whether this is a test.
        return text.binaryCompare((UTF8String) other);
      }
      return one instanceof Integer day
          ? Integer.compare(day, (Integer) other)
          : Long.compare((Long) one, (Long) other);
    }

    private static Object kept(Object value) {
      return value instanceof UTF8String text ? text.clone() : value;
    }
  }
}
