package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    List<Key> changed = KEYS.stream().filter(key -> changes.isChanged(key.table())).toList();
    List<String> repeated = new ArrayList<>();
    if (mayRepeat(changes, changed)) {
      for (Key key : changed) {
        long repeats = repeats(changes, key);
        if (repeats > 0) {
          repeated.add("%s has %,d repeated".formatted(key.table().name(), repeats));
        }
      }
    }
    return Finding.of(
        repeated.isEmpty(),
        "unique keys: " + (repeated.isEmpty() ? "all" : String.join(", ", repeated)));
  }

  /** Whether two keys of a table have the same hash. */
  private static boolean mayRepeat(Changes changes, List<Key> keys) {
    return keys.stream()
        .map(key -> hashes(changes, key))
        .reduce(Dataset::union)
        .map(hashes -> KeyHashes.repeated(hashes) > 0)
        .orElse(false);
  }

  private static Dataset<Row> hashes(Changes changes, Key key) {
    Column hash = KeyHashes.of(key.columns());
    return changes.now(key.table()).select(xxhash64(lit(key.table().name()), hash));
  }

  private static long repeats(Changes changes, Key key) {
    Column[] columns = key.columns().stream().map(name -> col(name)).toArray(Column[]::new);
    return changes.now(key.table()).groupBy(columns).count().where("count > 1").count();
  }
}
