package dev.copyloop.jobs.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;

/**
 * Writes the SQL that brings a warehouse's tables to what is exported: run again it changes
 * nothing, and a rewritten partition replaces its old rows.
 */
enum Loader {
  DUCKDB("VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "TIMESTAMPTZ", "MAP(VARCHAR, VARCHAR)"),
  SNOWFLAKE("VARCHAR", "NUMBER(19, 0)", "NUMBER(10, 0)", "FLOAT", "TIMESTAMP_LTZ", "VARIANT"),
  /** Databricks too. */
  SPARK("STRING", "BIGINT", "INT", "DOUBLE", "TIMESTAMP", "MAP<STRING, STRING>"),
  BIGQUERY(
      "STRING",
      "INT64",
      "INT64",
      "FLOAT64",
      "TIMESTAMP",
      "STRUCT<key_value ARRAY<STRUCT<key STRING, value STRING>>>");

  private final String text;
  private final String whole;
  private final String integer;
  private final String real;
  private final String time;
  private final String map;

  Loader(String text, String whole, String integer, String real, String time, String map) {
    this.text = text;
    this.whole = whole;
    this.integer = integer;
    this.real = real;
    this.time = time;
    this.map = map;
  }

  /** The file's name: the lower-case name of the warehouse. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".sql";
  }

  /**
   * The SQL for one dataset.
   *
   * @param address of the folder above the datasets, ending in a slash: {@code s3://…}
   */
  String sql(ExportDataset dataset, String address) {
    StructField[] columns = dataset.fileColumns().fields();
    Map<String, String> values =
        Map.of(
            "dataset",
            dataset.name(),
            "address",
            address,
            "root",
            this == SPARK ? address.replaceFirst("^s3:", "s3a:") : address,
            "levels",
            "*/".repeat(dataset.partitioning().depth()),
            "definitions",
            joined(columns, each -> each.name() + " " + type(each.dataType())),
            "columns",
            joined(columns, StructField::name),
            "copied",
            joined(columns, each -> "$1:" + each.name() + "::" + type(each.dataType())),
            "nulls",
            joined(
                columns,
                each -> "CAST(NULL AS %s) AS %s".formatted(type(each.dataType()), each.name())),
            "merged",
            joined(columns, each -> "s." + each.name()));
    String sql = template();
    for (Map.Entry<String, String> value : values.entrySet()) {
      sql = sql.replace("${" + value.getKey() + "}", value.getValue());
    }
    return sql;
  }

  private static String joined(StructField[] columns, Function<StructField, String> spelled) {
    return Arrays.stream(columns).map(spelled).collect(Collectors.joining(", "));
  }

  private String type(DataType type) {
    if (type instanceof StringType) {
      return text;
    }
    if (type instanceof LongType) {
      return whole;
    }
    if (type instanceof IntegerType) {
      return integer;
    }
    if (type instanceof DoubleType) {
      return real;
    }
    if (type instanceof TimestampType) {
      return time;
    }
    if (type instanceof DecimalType decimal) {
      String name = this == BIGQUERY ? "NUMERIC" : "DECIMAL";
      return "%s(%d, %d)".formatted(name, decimal.precision(), decimal.scale());
    }
    if (type instanceof BooleanType) {
      return this == BIGQUERY ? "BOOL" : "BOOLEAN";
    }
    return type instanceof DateType ? "DATE" : map;
  }

  private String template() {
    try (InputStream in = Loader.class.getResourceAsStream(fileName())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the template " + fileName(), e);
    }
  }
}
