package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/**
 * On the days that changed no key occurs twice. (Events and generations are counted by the
 * reconciliation; columns that may not be null are refused by Delta.)
 */
final class UniqueAudit implements Audit {

  /** What is unique in each table. */
  private static final Map<TableSpec, List<String>> KEYS = keys();

  private static Map<TableSpec, List<String>> keys() {
    Map<TableSpec, List<String>> keys = new LinkedHashMap<>();
    keys.put(AttributionTables.DELIVERIES, List.of("org", "workspace", "delivery_id"));
    for (TableSpec table :
        List.of(MetricsTables.DAILY_METRICS, MetricsTables.DAILY_CUSTOM_METRICS)) {
      keys.put(table, dimensions(table));
    }
    return keys;
  }

  /** All columns but the figures. */
  private static List<String> dimensions(TableSpec table) {
    return Arrays.stream(table.schema().fields())
        .filter(field -> !(field.dataType() instanceof LongType))
        .filter(field -> !(field.dataType() instanceof DecimalType))
        .map(StructField::name)
        .toList();
  }

  /** The hash of what is unique in a table. */
  static Column hash(TableSpec table) {
    return KeyHashes.of(KEYS.get(table));
  }

  @Override
  public Finding check(Changes changes) {
    List<String> repeated = new ArrayList<>();
    if (changes.keyFaults().repeated() > 0) {
      KEYS.forEach(
          (table, key) -> {
            long repeats = changes.isChanged(table) ? repeats(changes.now(table), key) : 0;
            if (repeats > 0) {
              repeated.add("%s has %,d repeated".formatted(table.name(), repeats));
            }
          });
    }
    return Finding.of(
        repeated.isEmpty(),
        "unique keys: " + (repeated.isEmpty() ? "all" : String.join(", ", repeated)));
  }

  /** How many keys are repeated, not only their hashes. */
  private static long repeats(Dataset<Row> rows, List<String> key) {
    Column[] columns = key.stream().map(functions::col).toArray(Column[]::new);
    return rows.groupBy(columns).count().where("count > 1").count();
  }
}
