package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.DeliveryHash;
import dev.copyloop.jobs.hash.WantedHashes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The narrow rows of {@code events} that deliveries are made of. */
public final class DeliveryEventRows {

  /** The delivery an event belongs to, as one text. */
  static final String KEY = "delivery_key";

  private static final String HREF = "href";

  /** What is read to tell which events are of deliveries, and of which. */
  private static final String[] SELECTING = {
    "org", "workspace", "delivery_id", "occurred_at", "source", "verification"
  };

  private static final List<String> FURTHER =
      List.of(
          "event_id",
          "object_type",
          "metric",
          "journey_id",
          "action_id",
          "parent_action_id",
          "campaign_id",
          "broadcast_id",
          "newsletter_id",
          "transactional_message_id",
          "content_id",
          "trigger_id",
          "trigger_event_id",
          "customer_id",
          "person_id",
          "person_email",
          "person_cio_id",
          "recipient",
          "link_id",
          HREF,
          "proxied",
          "prefetched",
          "synthetic",
          "machine");

  private DeliveryEventRows() {}

  /**
   * The rows, narrow.
   *
   * @param settings an event that no signing key placed is of its org's only workspace; links'
   *     addresses are carried along only if anybody measures by them
   */
  public static Dataset<Row> of(Dataset<Row> events, SettingsIndex settings) {
    DeliveryHash delivery = new DeliveryHash(settings.soleWorkspaces());
    List<Column> columns = new ArrayList<>();
    columns.add(delivery.text().as(KEY));
    columns.add(col("org"));
    columns.add(delivery.workspace().as("workspace"));
    columns.add(col("delivery_id"));
    columns.add(unix_micros(col("occurred_at")).as("occurred_at"));
    Column href = settings.measuresLinks() ? col(HREF) : lit(null).cast("string").as(HREF);
    FURTHER.forEach(name -> columns.add(name.equals(HREF) ? href : col(name)));
    return events
        .where(
            col("source")
                .equalTo(Source.CIO.label())
                .and(col("delivery_id").isNotNull())
                .and(col("verification").notEqual(Verification.UNVERIFIED.label())))
        .select(columns.toArray(Column[]::new));
  }

  /**
   * The rows of some deliveries, narrow, like {@link #of}.
   *
   * @param events rows of the table
   * @param deliveries their hashes
   */
  public static Dataset<Row> among(
      Dataset<Row> events, WantedHashes deliveries, SettingsIndex settings) {
    List<Column> read = new ArrayList<>(HashedRows.columns(SELECTING));
    FURTHER.stream()
        .filter(name -> !name.equals(HREF) || settings.measuresLinks())
        .forEach(name -> read.add(col(name)));
    Dataset<Row> ofThem =
        deliveries.among(
            events.select(read.toArray(Column[]::new)),
            new DeliveryHash(settings.soleWorkspaces()));
    return of(ofThem, settings);
  }

  /** The UTC day of a narrow row, of these or of {@link GenerationRows}. */
  public static Column day() {
    return to_date(timestamp_micros(col("occurred_at")));
  }

  /** The delivery an event belongs to, as a hash: that of {@link AttributionKeys#DELIVERY}. */
  public static Column hash() {
    return xxhash64(col(KEY));
  }

  /** The columns that {@link #read} reads. */
  static List<Column> columns() {
    List<Column> columns =
        new ArrayList<>(HashedRows.columns("org", "workspace", "delivery_id", "occurred_at"));
    FURTHER.forEach(name -> columns.add(col(name)));
    return columns;
  }

  static DeliveryEvent read(RowCursor columns) {
    return new DeliveryEvent(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.number(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.optionalFlag(),
        columns.optionalFlag(),
        columns.optionalFlag(),
        columns.optionalFlag());
  }
}
