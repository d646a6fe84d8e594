package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings some rows of a table to computed ones: days that only gain rows are added to, days that
 * lose any are written anew, others are left alone. A table without days is one part.
 */
public final class ChangedRows {

  private static final String[] HASHES = {"row_hash", "row_hash_2"};

  private final LakeTables tables;

  public ChangedRows(LakeTables tables) {
    this.tables = tables;
  }

  /**
   * Replaces rows by others.
   *
   * @param computed what the rows shall be; no two of a table's rows are equal
   * @param present what they are: all rows of the table that are about the same things
   * @param whole the content of the whole table as it is
   */
  public TableChange apply(
      TableSpec table, Dataset<Row> computed, Dataset<Row> present, ContentHash whole) {
    Dataset<Row> shaped = ChangedParts.shaped(table, computed);
    Dataset<Row> old = hashed(table, present).localCheckpoint();
    if (old.count() == 0) {
      return new ChangedParts(tables).fill(table, shaped, partColumns(table), whole);
    }
    Dataset<Row> wanted = hashed(table, shaped);
    Dataset<Row> gained = without(wanted, old).localCheckpoint();
    Dataset<Row> lost = without(old, wanted).localCheckpoint();
    return lost.count() == 0
        ? new ChangedParts(tables).fill(table, gained.drop(HASHES), partColumns(table), whole)
        : write(table, gained, lost, whole);
  }

  private static List<String> partColumns(TableSpec table) {
    return table.partition().map(List::of).orElse(List.of());
  }

  /** Adds and rewrites; some rows are lost. */
  private TableChange write(
      TableSpec table, Dataset<Row> gained, Dataset<Row> lost, ContentHash whole) {
    List<String> columns = Arrays.asList(table.schema().fieldNames());
    List<String> partColumns = partColumns(table);
    Map<String, ContentHash> more = ContentHashes.byGroup(gained, partColumns, columns);
    Map<String, ContentHash> less = ContentHashes.byGroup(lost, partColumns, columns);
    SortedSet<String> added = new TreeSet<>(more.keySet());
    added.removeAll(less.keySet());
    if (!added.isEmpty()) {
      Dataset<Row> rows = gained.where(ChangedParts.predicate(partColumns, added)).drop(HASHES);
      tables.append(table, ChangedParts.inFewFiles(rows, more, added), Optional.empty());
    }
    rewrite(table, ChangedParts.predicate(partColumns, less.keySet()), gained, lost);
    SortedSet<String> changed = new TreeSet<>(more.keySet());
    changed.addAll(less.keySet());
    ContentHash now =
        whole.minus(ContentHash.sum(less.values())).plus(ContentHash.sum(more.values()));
    return new TableChange(table.name(), now.rows(), now.toString(), List.copyOf(changed));
  }

  private void rewrite(TableSpec table, String predicate, Dataset<Row> gained, Dataset<Row> lost) {
    Dataset<Row> rows =
        without(hashed(table, tables.read(table).where(predicate)), lost)
            .unionByName(gained.where(predicate))
            .drop(HASHES);
    tables.replaceWhere(
        table,
        table.partition().map(day -> rows.repartition(col(day))).orElse(rows),
        predicate,
        Optional.empty());
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others) {
    return rows.join(
        others.select(HASHES[0], HASHES[1]), new String[] {HASHES[0], HASHES[1]}, "left_anti");
  }

  /**
   * With hashes of the whole row: that a value is null is part of it, since null hashes to nothing.
   */
  private static Dataset<Row> hashed(TableSpec table, Dataset<Row> rows) {
    List<Column> values = new ArrayList<>();
    for (String name : table.schema().fieldNames()) {
      values.add(col(name));
      values.add(col(name).isNull());
    }
    Column[] all = values.toArray(Column[]::new);
    return rows.withColumn(HASHES[0], xxhash64(all)).withColumn(HASHES[1], hash(all));
  }
}
