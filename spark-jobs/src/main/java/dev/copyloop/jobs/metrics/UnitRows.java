package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.CountedGenerations;
import dev.copyloop.jobs.hash.WantedHashes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows that may tell of some assigned units, in the columns that {@link FigureRows#evidence}
 * reads. They are looked for in the tables, so that nothing else is asked of all rows.
 */
final class UnitRows {

  private static final List<String> DELIVERY =
      List.of(
          "org",
          "workspace",
          "template_id",
          "delivery_id",
          "journey_id",
          "exposure_id",
          "generation_id",
          "stale",
          "copy_key",
          "arm",
          "channel",
          "anchor_at");

  private static final List<String> CALL =
      List.of("org", "workspace", "template_id", "delivery_id", "journey_id", "called_at");

  private static final List<String> GENERATION =
      List.of(
          "org",
          "workspace",
          "template_id",
          "generation_id",
          "tracking_id",
          "copy_id",
          "arm",
          "occurred_at");

  private UnitRows() {}

  /**
   * Looks for the rows.
   *
   * @param rows of whole tables
   * @param units by {@link AssignedUnits#key}
   * @return engagements and attributed events, which tell of no units, as they are
   */
  static FigureRows of(FigureRows rows, WantedHashes units, Settings settings) {
    List<String> ofGeneration =
        Stream.concat(GENERATION.stream(), CountedGenerations.columns(settings).stream())
            .distinct()
            .toList();
    return new FigureRows(
        units.among(narrow(rows.deliveries(), DELIVERY), AssignedUnits.OF_DELIVERY),
        rows.engagements(),
        units.among(narrow(rows.calls(), CALL), AssignedUnits.OF_CALL),
        units.among(narrow(rows.generations(), ofGeneration), AssignedUnits.OF_GENERATION),
        rows.attributed());
  }

  private static Dataset<Row> narrow(Dataset<Row> rows, List<String> columns) {
    return rows.select(columns.stream().map(functions::col).toArray(Column[]::new));
  }
}
