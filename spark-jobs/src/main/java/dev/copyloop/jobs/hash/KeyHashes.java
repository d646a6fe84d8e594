package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

  private static final long KNOWN = 0;
  private static final long ASKED = 1;

  private static final Comparator<long[]> KNOWN_FIRST =
      Comparator.<long[]>comparingLong(row -> row[0]).thenComparingLong(row -> row[1]);

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
    return InternalRows.of(sorted(hashes.toDF(HASH)))
        .mapPartitions(rows -> List.of(repeated(rows)).iterator())
        .collect()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * The hashes that occur more than once, each once.
   *
   * @param hashes one column of bigints
   */
  public static WantedHashes repeatedOnes(Dataset<Row> hashes) {
    Dataset<Row> sorted = sorted(hashes.toDF(HASH));
    return WantedHashes.of(
        InternalRows.frame(
            hashes.sparkSession(),
            InternalRows.of(sorted).mapPartitions(RepeatedHashes::new),
            sorted.schema()));
  }

  /**
   * How many different hashes are not among others.
   *
   * @param asked one column of bigints, none null
   * @param known likewise
   */
  public static long unknown(Dataset<Row> asked, Dataset<Row> known) {
    return GatheredNumbers.folded(
            marked(asked, ASKED).union(marked(known, KNOWN)), KeyHashes::unknown)
        .collect()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Dataset<Row> marked(Dataset<Row> hashes, long mark) {
    return hashes.toDF(HASH).select(col(HASH), lit(mark));
  }

  private static long unknown(Iterator<List<long[]>> groups) {
    long unknown = 0;
    while (groups.hasNext()) {
      List<long[]> group = groups.next();
      group.sort(KNOWN_FIRST);
      long[] before = null;
      for (long[] row : group) {
        unknown += (before == null || before[0] != row[0]) && row[1] == ASKED ? 1 : 0;
        before = row;
      }
    }
    return unknown;
  }

  private static Dataset<Row> sorted(Dataset<Row> hashes) {
    return hashes.repartition(col(HASH)).sortWithinPartitions(HASH);
  }

  private static long repeated(Iterator<InternalRow> rows) {
    long repeated = 0;
    for (RepeatedHashes hashes = new RepeatedHashes(rows); hashes.hasNext(); hashes.next()) {
      repeated++;
    }
    return repeated;
  }
}
