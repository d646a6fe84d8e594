package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/**
 * On the days that changed no key occurs twice. (Events and generations are counted by the
 * reconciliation; columns that may not be null are refused by Delta.)
 */
final class UniqueAudit implements Audit {

  /** A table and what is unique in it. */
  private record Key(TableSpec table, List<String> columns) {}

  private static final List<Key> KEYS =
      List.of(
          new Key(AttributionTables.DELIVERIES, List.of("org", "workspace", "delivery_id")),
          new Key(MetricsTables.DAILY_METRICS, dimensions(MetricsTables.DAILY_METRICS)),
          new Key(
              MetricsTables.DAILY_CUSTOM_METRICS, dimensions(MetricsTables.DAILY_CUSTOM_METRICS)));

  /** All columns but the figures. */
  private static List<String> dimensions(TableSpec table) {
    return Arrays.stream(table.schema().fields())
        .filter(field -> !(field.dataType() instanceof LongType))
        .filter(field -> !(field.dataType() instanceof DecimalType))
        .map(StructField::name)
        .toList();
  }

  @Override
  public Finding check(Changes changes) {
    List<String> repeated = new ArrayList<>();
    for (Key key : KEYS) {
      long repeats = changes.days(key.table()).isEmpty() ? 0 : repeats(changes, key);
      if (repeats > 0) {
        repeated.add("%s has %,d repeated".formatted(key.table().name(), repeats));
      }
    }
    return Finding.of(
        repeated.isEmpty(),
        "unique keys: " + (repeated.isEmpty() ? "all" : String.join(", ", repeated)));
  }

  private static long repeats(Changes changes, Key key) {
    Column[] columns = key.columns().stream().map(name -> col(name)).toArray(Column[]::new);
    return changes.now(key.table()).groupBy(columns).count().where("count > 1").count();
  }
}
