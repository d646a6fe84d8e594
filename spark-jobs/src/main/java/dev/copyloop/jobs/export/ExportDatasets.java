package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.unix_seconds;

import dev.copyloop.events.lake.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The shapes of the exported files. */
final class ExportDatasets {

  /** The name of the only part of a dataset that has no days. */
  static final String ALL = "all";

  private ExportDatasets() {}

  /** One row per generation: first the seven columns of the agreed record, then the rest. */
  static ExportDataset generations(Dataset<Row> generations) {
    return new ExportDataset(
        Tables.GENERATIONS,
        Partitioning.HOUR,
        generations.select(
            col("org").as(ExportDataset.ORG),
            date_format(col("occurred_at"), "yyyy-MM-dd'T'HH").as(ExportDataset.PART),
            unix_seconds(col("occurred_at")).as("event_timestamp"),
            col("user_id"),
            col("tracking_id"),
            lower(col("copy_id")).as("copy_id"),
            col("template_id"),
            col("vars"),
            col("attrs"),
            col("occurred_at").as("event_time"),
            col("generation_id"),
            col("calls"),
            col("workspace"),
            col("campaign_id"),
            col("webhook_action_id"),
            col("arm"),
            col("propensity"),
            col("policy_version"),
            col("fallback"),
            col("forced"),
            col("replayed")),
        List.of("event_time", "generation_id"));
  }

  /** One part per org and day of the org. */
  static ExportDataset daily(String name, Dataset<Row> figures, List<String> order) {
    return new ExportDataset(
        name, Partitioning.DAY, withPart(figures, col("event_date").cast("string")), order);
  }

  /** One part per org. */
  static ExportDataset whole(String name, Dataset<Row> rows, List<String> order) {
    return new ExportDataset(name, Partitioning.WHOLE, withPart(rows, lit(ALL)), order);
  }

  private static Dataset<Row> withPart(Dataset<Row> rows, Column part) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("org").as(ExportDataset.ORG));
    columns.add(part.as(ExportDataset.PART));
    Arrays.stream(rows.columns())
        .filter(name -> !name.equals("org"))
        .forEach(name -> columns.add(col(name)));
    return rows.select(columns.toArray(Column[]::new));
  }
}
