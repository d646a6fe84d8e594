package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
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

  /** Marks rows whose keys must differ. Marks can be added. */
  public static final long UNIQUE = 1;

  /** Marks rows whose keys may be asked for. */
  public static final long KNOWN = 2;

  /** Marks rows whose keys must be known. */
  public static final long ASKED = 4;

  /**
   * What marked keys tell, each key counted once.
   *
   * @param repeated hashes of several rows that must differ
   * @param unknown hashes that are asked for and not known
   */
  public record Faults(long repeated, long unknown) implements Serializable {
    private static final long serialVersionUID = 1;

    Faults plus(Faults more) {
      return new Faults(repeated + more.repeated, unknown + more.unknown);
    }
  }

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
   * The hashes that occur more than once, each once.
   *
   * @param hashes one column of bigints, none null
   */
  public static WantedHashes repeatedOnes(Dataset<Row> hashes) {
    return WantedHashes.of(GatheredNumbers.hashesWhere(hashes, group -> group.size() > 1));
  }

  /**
   * Looks for faults among keys.
   *
   * @param marked hashes and their marks, none null
   */
  public static Faults faults(Dataset<Row> marked) {
    return GatheredNumbers.folded(marked, KeyHashes::faults).collect().stream()
        .reduce(new Faults(0, 0), Faults::plus);
  }

  private static Faults faults(Iterator<List<long[]>> groups) {
    long repeated = 0;
    long unknown = 0;
    while (groups.hasNext()) {
      long unique = 0;
      long marks = 0;
      for (long[] row : groups.next()) {
        unique += row[1] & UNIQUE;
        marks |= row[1];
      }
      repeated += unique > 1 ? 1 : 0;
      unknown += (marks & (ASKED | KNOWN)) == ASKED ? 1 : 0;
    }
    return new Faults(repeated, unknown);
  }
}
