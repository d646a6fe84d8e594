package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.table.AttributionKeys;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the events of deliveries say before anything is made of them.
 *
 * @param named distinct deliveries
 * @param events all of them
 * @param sendSide those of getting a message out
 * @param torn deliveries whose events name several journeys, or of which only some name one
 */
public record EventCounts(long named, long events, long sendSide, long torn) {

  /** Counts the narrow rows of {@link DeliveryEventRows}, by hashes of 96 bits. */
  public static EventCounts of(Dataset<Row> events) {
    Column isSendSide =
        col("metric").isNull().or(col("metric").isin(DeliveryFold.SEND_SIDE.toArray()));
    Row sums =
        events
            .select(
                xxhash64(col(DeliveryEventRows.KEY)).as("key"),
                hash(col(DeliveryEventRows.KEY)).as("more_key"),
                AttributionKeys.journey(col("journey_id")).as("journey"),
                when(isSendSide, 1L).otherwise(0L).as("send_side"))
            .groupBy("key", "more_key")
            .agg(
                count(lit(1)).as("events"),
                sum("send_side").as("send_side"),
                count("journey").as("naming"),
                min("journey").as("least"),
                max("journey").as("greatest"))
            .agg(
                count(lit(1)),
                coalesce(sum("events"), lit(0L)),
                coalesce(sum("send_side"), lit(0L)),
                coalesce(sum(when(JourneyHashes.isTorn(), 1L).otherwise(0L)), lit(0L)))
            .head();
    return new EventCounts(sums.getLong(0), sums.getLong(1), sums.getLong(2), sums.getLong(3));
  }
}
