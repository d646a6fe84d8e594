package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.attribute.settings.PersonKey;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.hash.WantedHashes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The narrow rows of {@code generations} that attribution reads. */
public final class GenerationRows {

  private GenerationRows() {}

  /** The rows, narrow, with further columns of theirs at the end. */
  public static Dataset<Row> of(Dataset<Row> generations, String... further) {
    List<Column> columns = new ArrayList<>(columns());
    columns.addAll(HashedRows.columns(further));
    return generations
        .withColumn("occurred_at", unix_micros(col("occurred_at")))
        .select(columns.toArray(Column[]::new));
  }

  /**
   * The rows of some journeys, narrow.
   *
   * @param journeys their hashes
   */
  public static Dataset<Row> among(Dataset<Row> generations, WantedHashes journeys) {
    return of(
        journeys.among(
            generations.select(columns().toArray(Column[]::new)),
            AttributionKeys.journey("tracking_id")));
  }

  /** The columns that {@link #read} reads. */
  static List<Column> columns() {
    return HashedRows.columns(
        "org",
        "template_id",
        "generation_id",
        "occurred_at",
        "tracking_id",
        "user_id",
        "copy_id",
        "arm",
        "test");
  }

  static GenerationRef read(RowCursor columns, SettingsIndex settings) {
    String org = columns.text();
    String templateId = columns.text();
    String generationId = columns.text();
    long occurredAt = columns.number();
    String trackingId = columns.text();
    String person = PersonKey.normalized(settings.userKey(org), columns.text());
    return new GenerationRef(
        org,
        templateId,
        generationId,
        occurredAt,
        trackingId,
        person,
        columns.text(),
        Arm.of(columns.text()),
        columns.flag() || settings.isInternal(org, person));
  }
}
