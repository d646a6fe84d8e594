package dev.copyloop.jobs.compact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PinnedTables;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.sketch.BloomFilter;
import scala.Tuple2;

/**
 * Finds the rows that lines of a batch may meet in the tables, through a filter of the batch's
 * identities: first the days that hold one, by a hash that each row keeps, then those days' rows,
 * narrow. So history costs eight bytes a row.
 *
 * @param objectNumbers number of each object of the batch, by key
 */
record ExistingKeys(BloomFilter identities, Map<String, Integer> objectNumbers, int buckets)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows of events on these days. */
  JavaPairRDD<Integer, byte[]> events(PinnedTables tables, Collection<LocalDate> days) {
    return keys(
        tables.readDays(EventsTable.SPEC, daysMet(tables.readDays(EventsTable.SPEC, days))),
        this::event,
        "org",
        "source",
        "event_id",
        "date",
        "received_at",
        "body_sha256",
        "landing_object",
        "landing_line",
        "batch_id");
  }

  /** Rows of generations of any day, since a retry may come at any time. */
  JavaPairRDD<Integer, byte[]> generations(PinnedTables tables) {
    return keys(
        tables.readDays(GenerationsTable.SPEC, daysMet(tables.read(GenerationsTable.SPEC))),
        this::generation,
        "org",
        "generation_id",
        "date",
        "decided_at",
        "received_at",
        "body_sha256",
        "landing_object",
        "landing_line",
        "batch_id",
        "copy_id",
        "call_ids",
        "call_lines");
  }

  /** The days on which some row has an identity of the batch, by one narrow column. */
  private Collection<LocalDate> daysMet(Dataset<Row> rows) {
    BloomFilter filter = identities;
    UserDefinedFunction meets =
        udf((Long hash) -> hash == null || filter.mightContainLong(hash), DataTypes.BooleanType);
    return LakeTables.days(rows.where(meets.apply(col("identity_hash"))), "date");
  }

  /** Reads a row, or answers null if no line of the batch can meet it. */
  private interface RowReader extends Serializable {
    LineKey read(InternalRow row);
  }

  private JavaPairRDD<Integer, byte[]> keys(
      Dataset<Row> rows, RowReader reader, String... columns) {
    return InternalRows.of(rows.selectExpr(columns))
        .mapPartitionsToPair(each -> pack(each, reader));
  }

  private Iterator<Tuple2<Integer, byte[]>> pack(Iterator<InternalRow> rows, RowReader reader) {
    KeyBlocks.Builder keys = new KeyBlocks.Builder(buckets);
    while (rows.hasNext()) {
      LineKey key = reader.read(rows.next());
      if (key != null) {
        keys.add(key);
      }
    }
    return keys.build().byBucket().iterator();
  }

  private LineKey event(InternalRow row) {
    Digests.Key key = LineDigests.eventKey(row.getString(0), row.getString(1), row.getString(2));
    if (!identities.mightContainLong(key.high())) {
      return null;
    }
    String object = row.getString(6);
    int line = row.getInt(7);
    ExistingRow existing =
        new ExistingRow(row.getString(8), LandingPlace.of(object, line), List.of(), List.of());
    return new LineKey(
        key.high(),
        key.low(),
        row.getInt(3),
        0,
        millis(row.getLong(4)),
        Digests.prefix(row.getString(5)),
        0,
        true,
        objectNumbers.getOrDefault(object, -1),
        line,
        existing.text());
  }

  private LineKey generation(InternalRow row) {
    Digests.Key key = LineDigests.generationKey(row.getString(0), row.getString(1));
    if (!identities.mightContainLong(key.high())) {
      return null;
    }
    String object = row.getString(6);
    int line = row.getInt(7);
    ExistingRow existing =
        new ExistingRow(
            row.getString(8),
            LandingPlace.of(object, line),
            InternalRows.strings(row.getArray(10)),
            InternalRows.strings(row.getArray(11)));
    return new LineKey(
        key.high(),
        key.low(),
        row.getInt(2),
        millis(row.getLong(3)),
        millis(row.getLong(4)),
        Digests.prefix(row.getString(5)),
        LineDigests.content(row.getString(9)),
        true,
        objectNumbers.getOrDefault(object, -1),
        line,
        existing.text());
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }
}
