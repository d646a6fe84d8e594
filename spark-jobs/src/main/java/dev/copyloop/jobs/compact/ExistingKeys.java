package dev.copyloop.jobs.compact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
  JavaPairRDD<Integer, byte[]> events(LakeTables tables, Collection<LocalDate> days) {
    return tables
        .readDays(EventsTable.SPEC, daysMet(tables.readDays(EventsTable.SPEC, days)))
        .select(
            "org",
            "source",
            "event_id",
            "date",
            "received_at",
            "body_sha256",
            "landing_object",
            "landing_line",
            "batch_id")
        .toJavaRDD()
        .mapPartitionsToPair(rows -> pack(rows, this::event));
  }

  /** Rows of generations of any day, since a retry may come at any time. */
  JavaPairRDD<Integer, byte[]> generations(LakeTables tables) {
    return tables
        .readDays(GenerationsTable.SPEC, daysMet(tables.read(GenerationsTable.SPEC)))
        .select(
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
            "call_lines")
        .toJavaRDD()
        .mapPartitionsToPair(rows -> pack(rows, this::generation));
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
    LineKey read(Row row);
  }

  private Iterator<Tuple2<Integer, byte[]>> pack(Iterator<Row> rows, RowReader reader) {
    KeyBlocks.Builder keys = new KeyBlocks.Builder(buckets);
    while (rows.hasNext()) {
      LineKey key = reader.read(rows.next());
      if (key != null) {
        keys.add(key);
      }
    }
    return keys.build().byBucket().iterator();
  }

  private LineKey event(Row row) {
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
        (int) row.getDate(3).toLocalDate().toEpochDay(),
        0,
        row.getTimestamp(4).getTime(),
        Digests.prefix(row.getString(5)),
        0,
        true,
        objectNumbers.getOrDefault(object, -1),
        line,
        existing.text());
  }

  private LineKey generation(Row row) {
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
            new ArrayList<>(row.getList(10)),
            new ArrayList<>(row.getList(11)));
    return new LineKey(
        key.high(),
        key.low(),
        (int) row.getDate(2).toLocalDate().toEpochDay(),
        row.getTimestamp(3).getTime(),
        row.getTimestamp(4).getTime(),
        Digests.prefix(row.getString(5)),
        LineDigests.content(row.getString(9)),
        true,
        objectNumbers.getOrDefault(object, -1),
        line,
        existing.text());
  }
}
