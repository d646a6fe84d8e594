package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.GatheredNumbers;
import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * The keys by which rows are found again, each once, and what the events of deliveries say before
 * anything is made of them: one pass, whose results are kept on the executors' disks until they are
 * closed.
 */
public final class EventKeys implements AutoCloseable {

  /** Whether a row is of a delivery: its first number is the delivery's, else the link. */
  static final long OF_DELIVERY = 1;

  /** Whether a delivery's row has a link. */
  static final long LINKED = 2;

  /** Whether a delivery's event is one of getting a message out. */
  static final long SEND_SIDE = 4;

  private static final int FLAG_BITS = 3;
  private static final int DETAIL_BITS = 32;

  /** What a task found. */
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EventCounts counts;

    /** Of each key the three numbers, as rows have them. */
    private final long[] keys;

    Part(EventKeyCounting counting) {
      this.counts = counting.counts();
      this.keys = counting.keys();
    }

    Iterator<InternalRow> rows() {
      return IntStream.range(0, keys.length / 3).mapToObj(key -> row(keys, 3 * key)).iterator();
    }
  }

  private final SparkSession spark;
  private final JavaRDD<Part> parts;

  private EventKeys(SparkSession spark, JavaRDD<Part> parts) {
    this.spark = spark;
    this.parts = parts.persist(StorageLevel.DISK_ONLY());
  }

  /**
   * Gathers the keys of events, and others.
   *
   * @param events of {@link DeliveryEventRows}
   * @param others of no delivery: dates, and links that are never null, in any number
   */
  public static EventKeys of(Dataset<Row> events, Dataset<Row> others) {
    Dataset<Row> all = ofEvents(events).union(ofOthers(others));
    return new EventKeys(events.sparkSession(), GatheredNumbers.folded(all, EventKeys::part));
  }

  /** Counts events alone. */
  static EventCounts counted(Dataset<Row> events) {
    return sum(GatheredNumbers.folded(ofEvents(events), groups -> part(groups).counts));
  }

  private static Dataset<Row> ofEvents(Dataset<Row> events) {
    Column link = AttributionKeys.journey(col("journey_id"));
    Column isSendSide =
        col("metric").isNull().or(col("metric").isin(DeliveryFold.SEND_SIDE.toArray()));
    Column flags =
        lit(OF_DELIVERY)
            .bitwiseOR(when(col("journey_id").isNotNull(), lit(LINKED)).otherwise(lit(0L)))
            .bitwiseOR(when(isSendSide, lit(SEND_SIDE)).otherwise(lit(0L)));
    Column more = shiftleft(hash(col(DeliveryEventRows.KEY)).cast("bigint"), DETAIL_BITS);
    return events.select(
        DeliveryEventRows.hash(),
        coalesce(link, lit(0L)),
        more.bitwiseOR(dated(DeliveryEventRows.day(), flags)));
  }

  private static Dataset<Row> ofOthers(Dataset<Row> others) {
    return others.select(col(AttributionKeys.LINK), lit(0L), dated(col("date"), lit(0L)));
  }

  private static Column dated(Column day, Column flags) {
    return shiftleft(unix_date(day).cast("bigint"), FLAG_BITS).bitwiseOR(flags);
  }

  private static Part part(Iterator<List<long[]>> groups) {
    EventKeyCounting counting = new EventKeyCounting();
    groups.forEachRemaining(counting::add);
    return new Part(counting);
  }

  /** What the events say. */
  public EventCounts counts() {
    return sum(parts.map(part -> part.counts));
  }

  private static EventCounts sum(JavaRDD<EventCounts> counts) {
    return counts.collect().stream().reduce(EventCounts.NONE, EventCounts::plus);
  }

  /** The keys, shaped as {@link AttributionTables#ATTRIBUTION_KEYS}. */
  public Dataset<Row> rows() {
    return InternalRows.frame(
        spark, parts.flatMap(Part::rows), AttributionTables.ATTRIBUTION_KEYS.schema());
  }

  private static InternalRow row(long[] keys, int at) {
    long detail = keys[at + 2];
    int day = (int) detail >> FLAG_BITS;
    boolean ofDelivery = (detail & OF_DELIVERY) != 0;
    Object key = ofDelivery ? (Object) keys[at] : null;
    Object link = ofDelivery ? linkOf(keys, at) : (Object) keys[at];
    return new GenericInternalRow(new Object[] {day, key, link});
  }

  private static Object linkOf(long[] keys, int at) {
    return (keys[at + 2] & LINKED) == 0 ? null : keys[at + 1];
  }

  @Override
  public void close() {
    parts.unpersist(false);
  }
}
