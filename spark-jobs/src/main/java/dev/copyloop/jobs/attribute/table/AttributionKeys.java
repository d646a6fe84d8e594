package dev.copyloop.jobs.attribute.table;

import static org.apache.spark.sql.functions.broadcast;

import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.PackedRows;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What belongs together, as 64-bit hashes: which days hold events of a delivery and of a journey, a
 * journey's generations, and a person's own events. Two that share a hash are computed together,
 * which costs time and changes nothing.
 */
public final class AttributionKeys {

  /** A delivery; null where a row is of none. */
  public static final String KEY = "key";

  /** A journey, or the name of whoever did something themselves; null where none is named. */
  public static final String LINK = "link";

  /** A delivery by a row of a table. */
  public static final RowHash DELIVERY = new DeliveryHash(Map.of());

  private static final String JOURNEY = "j";
  private static final String PERSON = "p";

  /** So many hashes are sent to every executor; more are shuffled. */
  private static final long BROADCAST = 4_000_000;

  private AttributionKeys() {}

  /** What a column of the row's org says of a person; none where it is null. */
  public static RowHash person(String column) {
    return new OrgTextHash(PERSON, column);
  }

  /** What a column of the row's org says of a journey; none where it is null. */
  public static RowHash journey(String column) {
    return new OrgTextHash(JOURNEY, column);
  }

  /** A delivery by a row of a table. */
  public static Column ofRow() {
    return DELIVERY.column();
  }

  /** A journey of the row's org; null where the id is. */
  public static Column journey(Column id) {
    return OrgTextHash.column(JOURNEY, id);
  }

  /** A name of the row's org; null where the name is. */
  public static Column person(Column name) {
    return OrgTextHash.column(PERSON, name);
  }

  /**
   * The same rows, computed when they are first read and without what they were computed of: to
   * plan plans of plans would take longer than to compute the rows. Spark drops them when nobody
   * refers to them.
   */
  public static Dataset<Row> kept(Dataset<Row> rows) {
    return PackedRows.cutOff(rows);
  }

  /**
   * The rows whose hash is among others.
   *
   * @param hashes one column; null is among none
   */
  public static Dataset<Row> among(Dataset<Row> rows, Column hash, Dataset<Row> hashes) {
    return WantedHashes.of(hashes).among(rows, hash);
  }

  /**
   * Rows that others are looked up by, to be sent to every executor if they are few: what many are
   * looked up by is no longer small beside them.
   *
   * @param count how many there are, about
   */
  public static Dataset<Row> buildSide(Dataset<Row> rows, long count) {
    return count <= BROADCAST ? broadcast(rows) : rows;
  }
}
