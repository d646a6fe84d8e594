package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.FileChanges;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PackedRows;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.progress.StageRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The daily figures of all days, or of those that changed rows are counted on. Either way they are
 * made of the rows of whole days by the same sums, but for assigned units: what tells of one may
 * lie on several days, so that of changed days the table's own sums are taken, and what became of
 * the units that changed is added. Intermediate results stay in memory or on the executors' disks
 * until it is closed.
 */
final class Figures implements AutoCloseable {

  private final LakeTables tables;
  private final Settings settings;
  private final Optional<AffectedDays> days;
  private final FigureRows rows;
  private final List<PackedRows> kept = new ArrayList<>();
  private final Dataset<Row> daily;
  private final Dataset<Row> custom;

  /** Of all days. */
  Figures(LakeTables tables, Settings settings) {
    this.tables = tables;
    this.settings = settings;
    this.days = Optional.empty();
    this.rows = FigureRows.of(tables.pinned());
    this.daily = keep(DailyMetrics.of(rows, settings));
    this.custom = keep(DailyCustomMetrics.of(rows.attributed(), settings));
  }

  /** Of the days that changes touch. */
  private Figures(LakeTables tables, Settings settings, Map<String, FileChanges> changes) {
    this.tables = tables;
    this.settings = settings;
    OrgDays orgDays = new OrgDays(settings);
    PinnedTables pinned = tables.pinned();
    FigureRows changed = FigureRows.of(table -> tables.rows(table, changes.get(table.name())));
    Dataset<Row> units = changedUnits(changed, FigureRows.of(pinned), orgDays);
    AffectedDays affected = new AffectedDays(orgDays);
    affected.add(changed.days(affected).unionAll(affected.of(units, col("at"))));
    this.days = Optional.of(affected);
    this.rows = FigureRows.of(affected.of(pinned));
    Dataset<Row> present = affected.figures(pinned);
    this.daily = keep(DailyMetrics.of(rows, present, units, settings));
    this.custom = keep(DailyCustomMetrics.of(rows.attributed(), settings));
  }

  /**
   * Of the days that may differ since the stage last ended; of all, if that can't be told or is
   * cheaper.
   */
  static Figures of(LakeTables tables, StageRun stage, Settings settings) {
    Map<String, FileChanges> changes = new TreeMap<>();
    for (TableSpec table : FigureRows.TABLES) {
      stage.changes(table).ifPresent(files -> changes.put(table.name(), files));
    }
    if (changes.size() < FigureRows.TABLES.size() || stage.isSmall()) {
      return new Figures(tables, settings);
    }
    Figures changed = new Figures(tables, settings, changes);
    if (changed.days.orElseThrow().meetSwitch(settings)) {
      changed.close();
      return new Figures(tables, settings);
    }
    return changed;
  }

  private Dataset<Row> changedUnits(FigureRows changed, FigureRows now, OrgDays orgDays) {
    Dataset<Row> evidence = keep(changed.evidence(settings, orgDays, LakeTables.GAINED));
    Dataset<Row> present = AssignedChanges.ofSameUnits(now.evidence(settings, orgDays), evidence);
    return keep(AssignedChanges.of(present, evidence));
  }

  private Dataset<Row> keep(Dataset<Row> computed) {
    PackedRows rows = PackedRows.of(computed);
    kept.add(rows);
    return rows.rows();
  }

  /** The sums of these figures. */
  MetricsAudit audit() {
    return MetricsAudit.of(daily, custom, rows, settings);
  }

  /** Brings the tables to these figures. */
  List<TableChange> write(StageRun stage) {
    ChangedParts parts = new ChangedParts(tables);
    return List.of(
        write(parts, stage, MetricsTables.DAILY_METRICS, daily),
        write(parts, stage, MetricsTables.DAILY_CUSTOM_METRICS, custom));
  }

  private TableChange write(
      ChangedParts parts, StageRun stage, TableSpec table, Dataset<Row> computed) {
    return days.map(
            affected ->
                parts.apply(
                    table,
                    computed,
                    AffectedDays.COLUMNS,
                    affected.parts(),
                    stage.content(table).orElseThrow()))
        .orElseGet(() -> parts.apply(table, computed, AffectedDays.COLUMNS));
  }

  @Override
  public void close() {
    kept.forEach(PackedRows::close);
  }
}
