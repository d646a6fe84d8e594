package dev.copyloop.jobs.lake;

import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of a daily table with a column of every type that is written. */
final class SampleRows {
  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.DateType, "date")
          .required(DataTypes.StringType, "org")
          .required(DataTypes.TimestampType, "occurred_at")
          .optional(DataTypes.StringType, "batch_id", "text")
          .optional(DataTypes.DateType, "other_day")
          .optional(DataTypes.IntegerType, "number")
          .optional(DataTypes.LongType, "long_number")
          .optional(DataTypes.DoubleType, "real")
          .optional(DataTypes.BooleanType, "flag")
          .optional(Columns.MONEY, "amount")
          .optional(Columns.TEXTS, "texts")
          .optional(DataTypes.createArrayType(DataTypes.StringType, false), "list")
          .optional(DataTypes.BinaryType, "bytes")
          .schema();

  private SampleRows() {}

  static TableSpec table(String name) {
    return TableSpec.daily(name, SCHEMA);
  }

  static List<Row> someRows() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("a", "");
    texts.put("ä", "1");
    List<Row> rows = new ArrayList<>();
    rows.add(row("2026-03-01", "acme", "2026-03-01T00:00:00.000001Z", null));
    rows.add(row("2026-03-02", "zeta", "2026-03-02T23:59:59.999999Z", "b"));
    rows.add(row("2026-03-01", "acme", "2026-03-01T12:34:56.789Z", "a"));
    rows.add(
        RowFactory.create(
            Date.valueOf("2026-03-01"),
            "beta",
            Timestamp.from(Instant.parse("2026-03-01T10:00:00.123456Z")),
            "a",
            "grüße 😀",
            Date.valueOf("1969-12-31"),
            -7,
            Long.MIN_VALUE,
            0.1,
            true,
            new BigDecimal("-12345678901234.567890"),
            texts,
            List.of("x", ""),
            new byte[] {0, -1, 127}));
    return rows;
  }

  static Row row(String day, String org, String occurredAt, String batch) {
    Object[] values = new Object[SCHEMA.size()];
    values[0] = Date.valueOf(LocalDate.parse(day));
    values[1] = org;
    values[2] = Timestamp.from(Instant.parse(occurredAt));
    values[3] = batch;
    return RowFactory.create(values);
  }

  static Dataset<Row> rows(List<Row> rows) {
    return TestLake.spark().createDataFrame(rows, SCHEMA).coalesce(1);
  }
}
