package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.jobs.lake.ChosenRows;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * 64-bit hashes by which rows are looked up: a set on every executor, so that a lookup is neither a
 * query of its own nor a shuffle; very many are a table to join with. Immutable.
 */
public final class WantedHashes {

  /** So many are sent to every executor: 64 MiB. */
  static final int FEW = 4_000_000;

  private static final String WANTED = "wanted_hash";

  private final Optional<Broadcast<LongSet>> few;

  /** All of them, some maybe repeated: planned only if they are joined with. */
  private final Supplier<Dataset<Row>> many;

  private final long count;
  private final SparkSession spark;

  private WantedHashes(
      Optional<Broadcast<LongSet>> few,
      Supplier<Dataset<Row>> many,
      long count,
      SparkSession spark) {
    this.few = few;
    this.many = many;
    this.count = count;
    this.spark = spark;
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
                    hashes.sparkSession(),
                    () -> named.select(names[column]).toDF(WANTED)))
        .toList();
  }

  private static WantedHashes together(
      int limit, List<LongSet> parts, SparkSession spark, Supplier<Dataset<Row>> hashes) {
    LongSet all = together(limit, parts);
    Supplier<Dataset<Row>> wanted = () -> hashes.get().where(col(WANTED).isNotNull());
    if (all.size() > limit) {
      Dataset<Row> distinct = wanted.get().distinct().localCheckpoint();
      return new WantedHashes(Optional.empty(), () -> distinct, distinct.count(), spark);
    }
    return new WantedHashes(Optional.of(broadcast(spark, all)), wanted, all.size(), spark);
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
    Supplier<Dataset<Row>> rest =
        () -> others.notAmong(many.get().toDF("own_hash"), col("own_hash")).toDF(WANTED);
    if (few.isEmpty() || others.few.isEmpty()) {
      return of(rest.get());
    }
    LongSet left = few.get().value().without(others.few.get().value());
    return new WantedHashes(Optional.of(broadcast(spark, left)), rest, left.size(), spark);
  }

  private static Broadcast<LongSet> broadcast(SparkSession spark, LongSet hashes) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(hashes);
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
        .orElseGet(() -> rows.join(many.get(), hash.equalTo(col(WANTED)), "left_semi"));
  }

  /**
   * The rows whose hash is wanted.
   *
   * @param rows some columns of a table
   */
  public Dataset<Row> among(Dataset<Row> rows, RowHash hash) {
    return amongAny(rows, new Search(this, hash));
  }

  /**
   * The other rows.
   *
   * @param hash of a row; null is never wanted
   */
  public Dataset<Row> notAmong(Dataset<Row> rows, Column hash) {
    return few.map(set -> rows.where(not(isIn(set, hash))))
        .orElseGet(() -> rows.join(many.get(), hash.equalTo(col(WANTED)), "left_anti"));
  }

  /**
   * Hashes that are looked for in rows.
   *
   * @param wanted some of them
   * @param hash of a row
   */
  public record Search(WantedHashes wanted, RowHash hash) {}

  /**
   * The rows of which any hash is wanted; they are not read if none is.
   *
   * @param rows some columns of a table
   */
  public static Dataset<Row> amongAny(Dataset<Row> rows, Search... searches) {
    List<Search> all =
        Arrays.stream(searches).filter(search -> search.wanted().count() > 0).toList();
    if (all.isEmpty()) {
      return rows.sparkSession().createDataFrame(List.of(), rows.schema());
    }
    if (all.stream().anyMatch(search -> search.wanted().few.isEmpty())) {
      return amongAny(rows, all);
    }
    List<Broadcast<LongSet>> sets =
        all.stream().map(search -> search.wanted().few.orElseThrow()).toList();
    List<RowHash> hashes = all.stream().map(Search::hash).toList();
    return ChosenRows.of(rows, columns -> anyOf(sets, hashes, columns));
  }

  private static ChosenRows.Choice anyOf(
      List<Broadcast<LongSet>> sets, List<RowHash> hashes, StructType columns) {
    int searches = sets.size();
    LongPredicate[] wanted =
        sets.stream()
            .map(set -> (LongPredicate) set.value()::contains)
            .toArray(LongPredicate[]::new);
    RowHash.Hashing[] hashings =
        hashes.stream().map(hash -> hash.on(columns)).toArray(RowHash.Hashing[]::new);
    return row -> {
      for (int i = 0; i < searches; i++) {
        if (hashings[i].isAmong(row, wanted[i])) {
          return true;
        }
      }
      return false;
    };
  }

  private static Dataset<Row> amongAny(Dataset<Row> rows, List<Search> searches) {
    Search first = searches.get(0);
    Column hash = first.hash().column();
    Dataset<Row> found = first.wanted().among(rows, hash);
    return searches.size() == 1
        ? found
        : found.unionByName(
            amongAny(first.wanted().notAmong(rows, hash), searches.subList(1, searches.size())));
  }

  private static Column isIn(Broadcast<LongSet> set, Column hash) {
    UDF1<Long, Boolean> contains = value -> value != null && set.value().contains(value);
    return coalesce(udf(contains, DataTypes.BooleanType).apply(hash), lit(false));
  }
}
