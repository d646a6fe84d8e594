package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.lake.GroupSums;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keys of rows compared by 64-bit hashes, which are shuffled and sorted as numbers. Among ten
 * million keys two different ones have the same hash in one of 370,000 cases: who finds a hash
 * repeated looks at the keys themselves.
 */
public final class KeyHashes {

  private static final String HASH = "key_hash";

  private static final long KNOWN = 0;
  private static final long ASKED = 1;

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
   * @param hashes one column of bigints, none null
   */
  public static long repeated(Dataset<Row> hashes) {
    return GroupSums.count(repeatedRows(hashes));
  }

  /**
   * The hashes that occur more than once, each once.
   *
   * @param hashes one column of bigints, none null
   */
  public static WantedHashes repeatedOnes(Dataset<Row> hashes) {
    return WantedHashes.of(repeatedRows(hashes));
  }

  private static Dataset<Row> repeatedRows(Dataset<Row> hashes) {
    return GatheredNumbers.hashesWhere(hashes, group -> group.size() > 1);
  }

  /**
   * How many different hashes are not among others.
   *
   * @param asked one column of bigints, none null
   * @param known likewise
   */
  public static long unknown(Dataset<Row> asked, Dataset<Row> known) {
    Dataset<Row> all = marked(asked, ASKED).union(marked(known, KNOWN));
    return GroupSums.count(GatheredNumbers.hashesWhere(all, KeyHashes::isUnknown));
  }

  private static Dataset<Row> marked(Dataset<Row> hashes, long mark) {
    return hashes.toDF(HASH).select(col(HASH), lit(mark));
  }

  private static boolean isUnknown(List<long[]> group) {
    for (long[] row : group) {
      if (row[1] == KNOWN) {
        return false;
      }
    }
    return true;
  }
}
