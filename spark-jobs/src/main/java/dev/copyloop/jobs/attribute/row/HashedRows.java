package dev.copyloop.jobs.attribute.row;

import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.hash.Scattering;
import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that meet others by a 64-bit hash of what they have in common: shuffled in blocks, sorted by
 * eight bytes instead of texts, and read as Spark keeps them. Different things may share a hash, so
 * whoever is given the rows of one looks what they really are.
 *
 * @param rows its first column is the hash, a bigint that is never null
 * @param reading of a row's other columns
 */
public record HashedRows<T>(Dataset<Row> rows, Reading<T> reading) {

  /** Makes a value of a row; the cursor is only valid meanwhile. */
  public interface Reading<T> extends Serializable {
    T read(RowCursor columns);
  }

  /** What becomes of the rows of one hash. */
  public interface Fold<T> extends Serializable {
    Iterator<InternalRow> of(List<T> group);
  }

  /** What becomes of the rows of one hash, and of the others that share it, maybe none. */
  public interface Meeting<T, O> extends Serializable {
    Iterator<InternalRow> of(List<T> group, List<O> others);
  }

  /** A row of the thing that a text names. */
  public record Named<T>(String name, T row) {

    /** The rows by their names. */
    public static <T> Map<String, List<T>> byName(List<Named<T>> rows) {
      return rows.stream()
          .collect(
              Collectors.groupingBy(
                  Named::name, Collectors.mapping(Named::row, Collectors.toList())));
    }
  }

  private static final String HASH = "hash";

  /** What a task can sort in memory, beside others and what is kept there. */
  private static final long ROWS_OF_ONE_TASK = 400_000;

  /** Some columns of rows, by the hash of a text that names what they have in common. */
  public static <T> HashedRows<Named<T>> named(
      Dataset<Row> rows, Column name, List<Column> columns, Reading<T> reading) {
    List<Column> withName = new ArrayList<>(List.of(name.as("name_of_group")));
    withName.addAll(columns);
    return of(
        rows, xxhash64(name), withName, cursor -> new Named<>(cursor.text(), reading.read(cursor)));
  }

  /** Some columns of rows, by a hash of them. */
  public static <T> HashedRows<T> of(
      Dataset<Row> rows, Column hash, List<Column> columns, Reading<T> reading) {
    Column[] selected = new Column[columns.size() + 1];
    selected[0] = hash.as(HASH);
    for (int i = 0; i < columns.size(); i++) {
      selected[i + 1] = columns.get(i);
    }
    return new HashedRows<>(rows.select(selected), reading);
  }

  /** Columns by their names. */
  public static List<Column> columns(String... names) {
    return Arrays.stream(names).map(functions::col).toList();
  }

  /** Folds the rows of each hash. */
  public Dataset<Row> folded(Fold<T> fold, StructType results) {
    Reading<T> reads = reading;
    JavaRDD<InternalRow> mine = InternalRows.of(rows);
    return frame(
        sorted(mine, Scattering.tasks(mine))
            .mapPartitions(each -> HashGroups.fold(new HashGroups<>(each, reads), fold)),
        results);
  }

  /** Folds the rows of each hash with others; what only others have is left out. */
  public <O> Dataset<Row> meeting(HashedRows<O> others, Meeting<T, O> meeting, StructType results) {
    return meeting(0, others, meeting, results);
  }

  /**
   * The same for rows that may be very many.
   *
   * @param count of the rows, about: by as many tasks as can sort their shares in memory
   */
  public <O> Dataset<Row> meeting(
      long count, HashedRows<O> others, Meeting<T, O> meeting, StructType results) {
    Reading<T> reads = reading;
    Reading<O> readsOthers = others.reading;
    JavaRDD<InternalRow> mine = InternalRows.of(rows);
    JavaRDD<InternalRow> theirs = InternalRows.of(others.rows);
    int least = Math.max(Scattering.tasks(mine), Scattering.tasks(theirs));
    int tasks = (int) Math.max(least, count / ROWS_OF_ONE_TASK);
    return frame(
        sorted(mine, tasks)
            .zipPartitions(
                others.sorted(theirs, tasks),
                (each, other) -> {
                  HashGroups<O> met = new HashGroups<>(other, readsOthers);
                  HashGroups<T> groups = new HashGroups<>(each, reads);
                  return HashGroups.fold(groups, group -> meeting.of(group, met.of(groups.hash())));
                }),
        results);
  }

  private JavaRDD<InternalRow> sorted(JavaRDD<InternalRow> shuffled, int tasks) {
    TightRows form = new TightRows(rows.schema());
    return Scattering.gathered(shuffled, tasks, each -> new RowBlocks(each, form, tasks))
        .mapPartitions(blocks -> new SortedRows(blocks, form));
  }

  private Dataset<Row> frame(JavaRDD<InternalRow> results, StructType schema) {
    return InternalRows.frame(rows.sparkSession(), results, schema);
  }
}
