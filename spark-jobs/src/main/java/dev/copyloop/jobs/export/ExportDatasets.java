package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.unix_seconds;

import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.ExportSettings.Maps;
import dev.copyloop.events.settings.ExportSettings.Rendered;
import dev.copyloop.events.settings.ExportSettings.Shape;
import dev.copyloop.events.settings.ExportSettings.Vars;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.CountedGenerations;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;

/** The shapes of the exported files. */
final class ExportDatasets {

  /** The name of the only part of a dataset that has no days. */
  static final String ALL = "all";

  private static final List<String> DAILY_ORDER =
      List.of(
          "send_date",
          "template_id",
          "arm",
          "copy_key",
          "reason",
          "action_id",
          "channel",
          "workspace",
          "message_no");

  /** The hour of a row that lies on the UTC day of its time. */
  private static final Column HOUR_OF_EVENT =
      udf(new HourText(), DataTypes.StringType).apply(unix_micros(col("occurred_at")));

  private final TableReader tables;
  private final Settings settings;
  private final Shape shape;

  ExportDatasets(TableReader tables, Settings settings, Shape shape) {
    this.tables = tables;
    this.settings = settings;
    this.shape = shape;
  }

  ExportDataset of(ExportSettings.Dataset dataset) {
    return switch (dataset) {
      case GENERATIONS -> generations();
      case DAILY_METRICS -> daily(MetricsTables.DAILY_METRICS, DAILY_ORDER);
      case DAILY_CUSTOM_METRICS -> daily(MetricsTables.DAILY_CUSTOM_METRICS, customOrder());
      case COPIES -> copies();
      case ENGAGEMENTS -> engagements();
    };
  }

  /** One row per generation: first the seven columns of the agreed record, then the rest. */
  private ExportDataset generations() {
    List<Column> columns = new ArrayList<>();
    columns.add(unix_seconds(col("occurred_at")).as("event_timestamp"));
    columns.add(col("user_id"));
    columns.add(col("tracking_id"));
    columns.add(lower(col("copy_id")).as("copy_id"));
    columns.add(col("template_id"));
    if (shape.vars() == Vars.INLINE) {
      columns.add(texts("vars"));
    }
    columns.add(texts("attrs"));
    columns.add(col("occurred_at").as("event_time"));
    for (String name :
        List.of(
            "generation_id",
            "calls",
            "workspace",
            "campaign_id",
            "webhook_action_id",
            "arm",
            "propensity",
            "policy_version",
            "fallback",
            "forced",
            "replayed")) {
      columns.add(col(name));
    }
    if (shape.rendered() == Rendered.INLINE) {
      columns.add(texts("vars_rendered"));
    }
    return new ExportDataset(
        GenerationsTable.SPEC.name(),
        Partitioning.HOUR,
        shape.format(),
        CountedGenerations.of(tables.read(GenerationsTable.SPEC), settings),
        GenerationsTable.SPEC.partition(),
        HOUR_OF_EVENT,
        columns,
        List.of("event_time", "generation_id"));
  }

  private ExportDataset engagements() {
    TableSpec table = AttributionTables.ENGAGEMENTS;
    Dataset<Row> rows = tables.read(table);
    return new ExportDataset(
        table.name(),
        Partitioning.HOUR,
        shape.format(),
        rows,
        table.partition(),
        HOUR_OF_EVENT,
        others(rows, Set.of("org", "date")),
        List.of("occurred_at", "event_id", "delivery_id"));
  }

  /** One part per org and day of the org. */
  private ExportDataset daily(TableSpec table, List<String> order) {
    Dataset<Row> rows = tables.read(table);
    return new ExportDataset(
        table.name(),
        Partitioning.DAY,
        shape.format(),
        rows,
        table.partition(),
        col("event_date").cast("string"),
        others(rows, Set.of("org")),
        order);
  }

  private static List<String> customOrder() {
    List<String> order = new ArrayList<>(List.of("kind", "rule_id", "rule_version", "currency"));
    order.addAll(DAILY_ORDER);
    return order;
  }

  /** One part per org. */
  private ExportDataset copies() {
    TableSpec table = MetricsTables.COPIES;
    Dataset<Row> rows = tables.read(table);
    return new ExportDataset(
        table.name(),
        Partitioning.WHOLE,
        shape.format(),
        rows,
        table.partition(),
        lit(ALL),
        others(rows, Set.of("org")),
        List.of("copy_id", "valid_from"));
  }

  private List<Column> others(Dataset<Row> rows, Set<String> without) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> !without.contains(field.name()))
        .map(field -> field.dataType() instanceof MapType ? texts(field.name()) : col(field.name()))
        .toList();
  }

  /** Texts by name: as a map, or as JSON with its names sorted. */
  private Column texts(String name) {
    return shape.maps() == Maps.NATIVE
        ? col(name)
        : to_json(map_from_entries(array_sort(map_entries(col(name))))).as(name);
  }
}
