package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.table.AttributionKeys;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * By which hash the events of a journey meet, so that one shuffle gathers deliveries and journeys.
 * Most events name their delivery's journey themselves; where they don't agree, the delivery is of
 * the first that any of its events names, as it is in {@link DeliveryFold}.
 */
final class JourneyHashes {

  /** The journey's hash; that of the delivery where none of its events names a journey. */
  static final String HASH = "journey_hash";

  private static final String TORN = "torn_key";
  private static final String FIRST = "first_journey";

  private JourneyHashes() {}

  /** The narrow rows of {@link DeliveryEventRows} with their hash. */
  static Dataset<Row> of(Dataset<Row> events, EventCounts counts) {
    Column own = coalesce(AttributionKeys.journey(col("journey_id")), DeliveryEventRows.hash());
    if (counts.torn() == 0) {
      return events.withColumn(HASH, own);
    }
    return events
        .join(
            AttributionKeys.buildSide(torn(events), counts.torn()),
            col(DeliveryEventRows.KEY).equalTo(col(TORN)),
            "left")
        .withColumn(HASH, coalesce(col(FIRST), own));
  }

  private static Dataset<Row> torn(Dataset<Row> events) {
    // As Java orders texts, which is how the fold orders events of one time.
    Column order = struct(col("occurred_at"), encode(col("event_id"), "UTF-16BE"));
    return events
        .withColumn("journey", AttributionKeys.journey(col("journey_id")))
        .groupBy(col(DeliveryEventRows.KEY).as(TORN))
        .agg(
            count(lit(1)).as("events"),
            count("journey").as("naming"),
            min("journey").as("least"),
            max("journey").as("greatest"),
            min_by(col("journey"), when(col("journey").isNotNull(), order)).as(FIRST))
        .where(isTorn())
        .select(TORN, FIRST);
  }

  /**
   * Whether the events of a delivery name different journeys, or not all of them name one: by how
   * many {@code events} there are, how many are {@code naming} one, the {@code least} and the
   * {@code greatest} hash.
   */
  static Column isTorn() {
    Column differ = col("least").notEqual(col("greatest"));
    return col("naming").gt(0).and(col("naming").lt(col("events")).or(differ));
  }
}
