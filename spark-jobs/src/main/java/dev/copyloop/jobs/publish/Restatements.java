package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/** Compares daily figures as they are with what was published. */
final class Restatements {
  /** What a restated figure is about; a table may lack some of it. */
  private static final List<String> ABOUT =
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
   * Every figure that differs. A table whose published state Delta has forgotten is left out.
   *
   * @param asked the days of which that is asked
   */
  static List<ChangedFigure> changedFigures(Changes changes, Predicate<LocalDate> asked) {
    List<ChangedFigure> figures = new ArrayList<>();
    for (TableSpec table : TABLES) {
      List<LocalDate> days =
          changes.days(table).stream().flatMap(Collection::stream).filter(asked).toList();
      if (!days.isEmpty()) {
        figures.addAll(changed(changes, table, days));
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

  private static List<ChangedFigure> changed(
      Changes changes, TableSpec table, Collection<LocalDate> days) {
    List<String> names = List.of(table.schema().fieldNames());
    List<String> about = ABOUT.stream().filter(names::contains).toList();
    List<String> measures = measures(table);
    Map<List<String>, BigDecimal[]> sums =
        new FigureSums(about, measures)
            .of(changes.published(table, days), changes.now(table, days));
    List<ChangedFigure> figures = new ArrayList<>();
    sums.forEach(
        (values, both) -> {
          Map<String, String> named = named(about, values);
          for (int i = 0; i < measures.size(); i++) {
            BigDecimal before = both[i];
            BigDecimal after = both[measures.size() + i];
            if (before.compareTo(after) != 0) {
              figures.add(
                  new ChangedFigure(
                      named, table.name(), measures.get(i), money(before), money(after)));
            }
          }
        });
    return figures;
  }

  private static Map<String, String> named(List<String> about, List<String> values) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < about.size(); i++) {
      if (values.get(i) != null) {
        named.put(about.get(i), values.get(i));
      }
    }
    return named;
  }

  /** Sums of several rows may be more than a column holds. */
  private static BigDecimal money(BigDecimal sum) {
    return sum.min(Columns.GREATEST_AMOUNT)
        .max(Columns.GREATEST_AMOUNT.negate())
        .setScale(Columns.MONEY.scale(), RoundingMode.UNNECESSARY);
  }

  private static List<String> measures(TableSpec table) {
    return Arrays.stream(table.schema().fields())
        .filter(
            field ->
                field.dataType() instanceof LongType || field.dataType() instanceof DecimalType)
        .map(StructField::name)
        .toList();
  }
}
