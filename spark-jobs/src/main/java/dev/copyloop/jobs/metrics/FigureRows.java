package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.CountedGenerations;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows that figures are made of. */
record FigureRows(
    Dataset<Row> deliveries,
    Dataset<Row> engagements,
    Dataset<Row> calls,
    Dataset<Row> generations,
    Dataset<Row> attributed) {

  /** The tables they come from. */
  static final List<TableSpec> TABLES =
      List.of(
          AttributionTables.DELIVERIES,
          AttributionTables.ENGAGEMENTS,
          AttributionTables.WEBHOOK_CALLS,
          GenerationsTable.SPEC,
          AttributionTables.ATTRIBUTED_EVENTS);

  /** The rows that a reader gives of each of those tables. */
  static FigureRows of(TableReader tables) {
    return new FigureRows(
        tables.read(AttributionTables.DELIVERIES),
        tables.read(AttributionTables.ENGAGEMENTS),
        tables.read(AttributionTables.WEBHOOK_CALLS),
        tables.read(GenerationsTable.SPEC),
        tables.read(AttributionTables.ATTRIBUTED_EVENTS));
  }

  /** When what a row of a table tells of happened: the day it is counted on. */
  static Column happenedAt(TableSpec table) {
    if (table.equals(AttributionTables.DELIVERIES)) {
      return coalesce(col("send_at"), col("anchor_at"));
    }
    return col(table.equals(AttributionTables.WEBHOOK_CALLS) ? "called_at" : "occurred_at");
  }

  /** The days that the rows are counted on, see {@link AffectedDays#of}. */
  Dataset<Row> days(AffectedDays days) {
    return days.of(deliveries, happenedAt(AttributionTables.DELIVERIES))
        .unionAll(days.of(engagements, happenedAt(AttributionTables.ENGAGEMENTS)))
        .unionAll(days.of(calls, happenedAt(AttributionTables.WEBHOOK_CALLS)))
        .unionAll(days.of(generations, happenedAt(GenerationsTable.SPEC)))
        .unionAll(days.of(attributed, happenedAt(AttributionTables.ATTRIBUTED_EVENTS)));
  }

  /** What the rows tell of assigned units, with further columns of theirs. */
  Dataset<Row> evidence(Settings settings, OrgDays days, String... further) {
    return AssignedUnits.evidence(deliveries, calls, countedGenerations(settings), days, further);
  }

  /** The generations that are counted. */
  Dataset<Row> countedGenerations(Settings settings) {
    return CountedGenerations.of(generations, settings);
  }
}
