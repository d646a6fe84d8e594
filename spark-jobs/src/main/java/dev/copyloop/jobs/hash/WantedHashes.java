package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * 64-bit hashes by which rows are looked up: a set on every executor, so that a lookup is neither a
 * query of its own nor a shuffle; very many are a table to join with. Immutable.
 */
public final class WantedHashes {

  /** So many are sent to every executor: 64 MiB. */
  private static final int FEW = 4_000_000;

  private static final String WANTED = "wanted_hash";

  private final Optional<Broadcast<LongSet>> few;
  private final Dataset<Row> many;
  private final long count;

  private WantedHashes(Optional<Broadcast<LongSet>> few, Dataset<Row> many, long count) {
    this.few = few;
    this.many = many;
    this.count = count;
  }

  /**
   * Computes the hashes.
   *
   * @param hashes one column of bigints, in any number and order; null is wanted by nobody
   */
  public static WantedHashes of(Dataset<Row> hashes) {
    return of(hashes, FEW);
  }

  static WantedHashes of(Dataset<Row> hashes, int limit) {
    return ofEach(hashes, limit).get(0);
  }

  /**
   * Computes the hashes of each column, in one pass.
   *
   * @param hashes columns of bigints, as {@link #of} takes one
   */
  public static List<WantedHashes> ofEach(Dataset<Row> hashes) {
    return ofEach(hashes, FEW);
  }

  private static List<WantedHashes> ofEach(Dataset<Row> hashes, int limit) {
    int columns = hashes.columns().length;
    String[] names = IntStream.range(0, columns).mapToObj(i -> WANTED + i).toArray(String[]::new);
    Dataset<Row> named = hashes.toDF(names);
    List<List<LongSet>> parts =
        InternalRows.of(named)
            .mapPartitions(rows -> List.of(upTo(limit, columns, rows)).iterator())
            .collect();
    return IntStream.range(0, columns)
        .mapToObj(
            column ->
                together(
                    limit,
                    parts.stream().map(part -> part.get(column)).toList(),
                    named.select(names[column]).toDF(WANTED)))
        .toList();
  }

  private static WantedHashes together(int limit, List<LongSet> parts, Dataset<Row> hashes) {
    LongSet all = together(limit, parts);
    Dataset<Row> wanted = hashes.where(col(WANTED).isNotNull());
    if (all.size() > limit) {
      Dataset<Row> distinct = wanted.distinct().localCheckpoint();
      return new WantedHashes(Optional.empty(), distinct, distinct.count());
    }
    return new WantedHashes(Optional.of(broadcast(hashes, all)), wanted, all.size());
  }

  /** The distinct hashes of rows by column, or one more than the limit. */
  private static List<LongSet> upTo(int limit, int columns, Iterator<InternalRow> rows) {
    List<LongSet> sets = IntStream.range(0, columns).mapToObj(column -> new LongSet(0)).toList();
    while (rows.hasNext() && sets.stream().anyMatch(set -> set.size() <= limit)) {
      InternalRow row = rows.next();
      for (int i = 0; i < columns; i++) {
        if (!row.isNullAt(i) && sets.get(i).size() <= limit) {
          sets.get(i).add(row.getLong(i));
        }
      }
    }
    return sets;
  }

  /** The distinct hashes of all parts, or some more than the limit. */
  private static LongSet together(int limit, List<LongSet> parts) {
    long most = parts.stream().mapToLong(LongSet::size).sum();
    LongSet all = new LongSet((int) Math.min(most, limit));
    for (LongSet part : parts) {
      if (all.size() <= limit) {
        part.forEach(all::add);
      }
    }
    return all;
  }

  /** These without some others. */
  public WantedHashes without(WantedHashes others) {
    Dataset<Row> rest = others.notAmong(many.toDF("own_hash"), col("own_hash")).toDF(WANTED);
    if (few.isEmpty() || others.few.isEmpty()) {
      return of(rest);
    }
    LongSet left = few.get().value().without(others.few.get().value());
    return new WantedHashes(Optional.of(broadcast(rest, left)), rest, left.size());
  }

  private static Broadcast<LongSet> broadcast(Dataset<Row> rows, LongSet hashes) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(hashes);
  }

  /** How many different ones there are. */
  public long count() {
    return count;
  }

  /**
   * Whether a row's hash is wanted; empty if that takes a join.
   *
   * @param hash of a row; null is never wanted
   */
  public Optional<Column> contains(Column hash) {
    return count == 0 ? Optional.of(lit(false)) : few.map(set -> isIn(set, hash));
  }

  /**
   * The rows whose hash is wanted.
   *
   * @param hash of a row; null is never wanted
   */
  public Dataset<Row> among(Dataset<Row> rows, Column hash) {
    return contains(hash)
        .map(rows::where)
        .orElseGet(() -> rows.join(many, hash.equalTo(col(WANTED)), "left_semi"));
  }

  /**
   * The other rows.
   *
   * @param hash of a row; null is never wanted
   */
  public Dataset<Row> notAmong(Dataset<Row> rows, Column hash) {
    return few.map(set -> rows.where(not(isIn(set, hash))))
        .orElseGet(() -> rows.join(many, hash.equalTo(col(WANTED)), "left_anti"));
  }

  /**
   * The rows of which either hash is wanted: one by these, or the other by others.
   *
   * @param hash of a row, looked for here
   * @param otherHash of a row, looked for among the others
   */
  public Dataset<Row> amongEither(
      Dataset<Row> rows, Column hash, WantedHashes others, Column otherHash) {
    if (few.isPresent() && others.few.isPresent()) {
      return rows.where(isIn(few.get(), hash).or(isIn(others.few.get(), otherHash)));
    }
    return among(rows, hash).unionByName(others.among(notAmong(rows, hash), otherHash));
  }

  private static Column isIn(Broadcast<LongSet> set, Column hash) {
    UDF1<Long, Boolean> contains = value -> value != null && set.value().contains(value);
    return coalesce(udf(contains, DataTypes.BooleanType).apply(hash), lit(false));
  }
}
