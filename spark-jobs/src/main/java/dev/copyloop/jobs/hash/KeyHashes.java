package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Keys of rows compared by 64-bit hashes, which are shuffled and sorted as numbers. Among ten
 * million keys two different ones have the same hash in one of 370,000 cases: who finds a hash
 * repeated looks at the keys themselves.
 */
public final class KeyHashes {

  private static final String HASH = "key_hash";
  private static final String KNOWN = "known";

  private KeyHashes() {}

  /** A hash over some columns; that a value is null is part of it. */
  public static Column of(Collection<String> columns) {
    List<Column> values = new ArrayList<>();
    for (String name : columns) {
      values.add(col(name));
      values.add(col(name).isNull());
    }
    return xxhash64(values.toArray(Column[]::new));
  }

  /**
   * How many hashes occur more than once.
   *
   * @param hashes one column of bigints
   */
  public static long repeated(Dataset<Row> hashes) {
    return counted(sorted(hashes.toDF(HASH)), KeyHashes::repeated);
  }

  /**
   * How many different hashes are not among others.
   *
   * @param hashes one column of bigints, as the others
   */
  public static long unknown(Dataset<Row> hashes, Dataset<Row> others) {
    return counted(
        sorted(
            hashes
                .toDF(HASH)
                .withColumn(KNOWN, lit(false))
                .unionByName(others.toDF(HASH).withColumn(KNOWN, lit(true)))),
        KeyHashes::unknown);
  }

  private static Dataset<Row> sorted(Dataset<Row> hashes) {
    return hashes.repartition(col(HASH)).sortWithinPartitions(HASH);
  }

  /** Counts something among the hashes of one task. */
  private interface Counter extends Serializable {
    long count(Iterator<InternalRow> rows);
  }

  private static long counted(Dataset<Row> sorted, Counter counter) {
    return InternalRows.of(sorted)
        .mapPartitions(rows -> List.of(counter.count(rows)).iterator())
        .collect()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long repeated(Iterator<InternalRow> rows) {
    long repeated = 0;
    long last = 0;
    long times = 0;
    while (rows.hasNext()) {
      long hash = rows.next().getLong(0);
      times = times > 0 && hash == last ? times + 1 : 1;
      last = hash;
      repeated += times == 2 ? 1 : 0;
    }
    return repeated;
  }

  private static long unknown(Iterator<InternalRow> rows) {
    long unknown = 0;
    long last = 0;
    boolean isKnown = true;
    boolean first = true;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      long hash = row.getLong(0);
      if (first || hash != last) {
        unknown += isKnown ? 0 : 1;
        isKnown = false;
        first = false;
      }
      last = hash;
      isKnown |= row.getBoolean(1);
    }
    return unknown + (isKnown ? 0 : 1);
  }
}
