package dev.copyloop.jobs.attribute.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.hash.WantedHashes;
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

  /** So many hashes are sent to every executor; more are shuffled. */
  private static final long BROADCAST = 4_000_000;

  private AttributionKeys() {}

  /** A delivery by a row of a table. */
  public static Column ofRow() {
    return xxhash64(
        concat_ws("\u0000", col("org"), coalesce(col("workspace"), lit("")), col("delivery_id")));
  }

  /** A journey of the row's org; null where the id is. */
  public static Column journey(Column id) {
    return hashed("j", id);
  }

  /** A name of the row's org; null where the name is. */
  public static Column person(Column name) {
    return hashed("p", name);
  }

  private static Column hashed(String mark, Column text) {
    return when(text.isNotNull(), xxhash64(col("org"), lit(mark), text));
  }

  /**
   * The same rows, computed when they are first read and without what they were computed of: to
   * plan plans of plans would take longer than to compute the rows. Spark drops them when nobody
   * refers to them.
   */
  public static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.localCheckpoint(false);
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
