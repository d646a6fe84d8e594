package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/** Compares daily figures as they are with what was published. */
final class Restatements {
  /** What a restated figure is about; a table that lacks one has null there. */
  static final List<String> ABOUT =
      List.of(
          "org",
          "event_date",
          "template_id",
          "copy_key",
          "arm",
          "rule_id",
          "rule_version",
          "currency");

  private static final List<TableSpec> TABLES =
      List.of(MetricsTables.DAILY_METRICS, MetricsTables.DAILY_CUSTOM_METRICS);

  private Restatements() {}

  /**
   * Every figure that differs: {@link #ABOUT}, dataset, measure, before, after; a figure that is
   * not there counts as 0. A table whose published state Delta has forgotten is left out.
   *
   * @param asked the days of which that is asked
   */
  static List<Row> changedFigures(Changes changes, Predicate<LocalDate> asked) {
    List<Row> figures = new ArrayList<>();
    for (TableSpec table : TABLES) {
      List<LocalDate> days =
          changes.days(table).stream().flatMap(Collection::stream).filter(asked).toList();
      if (!days.isEmpty()) {
        figures.addAll(changed(changes, table, days).collectAsList());
      }
    }
    return figures;
  }

  /** Says whose published figures can't be compared any more; empty if all can. */
  static Optional<String> forgotten(Changes changes) {
    return changes.before().flatMap(state -> forgotten(changes, state));
  }

  private static Optional<String> forgotten(Changes changes, Publication state) {
    List<String> tables =
        TABLES.stream()
            .filter(table -> state.versions().containsKey(table.name()))
            .filter(table -> !changes.isComparable(table))
            .map(TableSpec::name)
            .toList();
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "restatements: state %d of %s is older than Delta's log, so that %s could not be compared with it"
                .formatted(state.number(), state.publishedAt(), String.join(" and ", tables)));
  }

  private static Dataset<Row> changed(
      Changes changes, TableSpec table, Collection<LocalDate> days) {
    Dataset<Row> signed =
        figures(changes.published(table, days), table, "before")
            .unionByName(figures(changes.now(table, days), table, "after"));
    List<Column> key = new ArrayList<>();
    ABOUT.forEach(name -> key.add(col(name)));
    key.add(col("measure"));
    return signed
        .groupBy(key.toArray(Column[]::new))
        .agg(
            coalesce(sum("before"), lit(0)).cast(Columns.MONEY).as("before"),
            coalesce(sum("after"), lit(0)).cast(Columns.MONEY).as("after"))
        .where("before <> after")
        .withColumn("dataset", lit(table.name()));
  }

  /** One row per figure, its value in one of the two columns. */
  private static Dataset<Row> figures(Dataset<Row> rows, TableSpec table, String column) {
    Set<String> present = new HashSet<>(Arrays.asList(table.schema().fieldNames()));
    List<Column> selected = new ArrayList<>();
    for (String name : ABOUT) {
      selected.add(present.contains(name) ? col(name) : absent(name));
    }
    selected.add(explode(map(measures(table))).as(new String[] {"measure", column}));
    Dataset<Row> figures = rows.select(selected.toArray(Column[]::new));
    String other = column.equals("before") ? "after" : "before";
    return figures.withColumn(other, lit(null).cast(Columns.MONEY));
  }

  private static Column absent(String name) {
    return lit(null).cast(name.equals("rule_version") ? "int" : "string").as(name);
  }

  private static Column[] measures(TableSpec table) {
    List<Column> entries = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (field.dataType() instanceof LongType || field.dataType() instanceof DecimalType) {
        entries.add(lit(field.name()));
        entries.add(col(field.name()).cast(Columns.MONEY));
      }
    }
    return entries.toArray(Column[]::new);
  }
}
