package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Brings a table to a computed content: finds the parts (days, or days of an org) whose content
 * hash differs and replaces exactly those in one commit. Nothing is committed if none differs.
 */
public final class ChangedParts {

  private static final long ROWS_OF_ONE_TASK = 100_000;

  private final LakeTables tables;

  public ChangedParts(LakeTables tables) {
    this.tables = tables;
  }

  /**
   * Replaces what differs.
   *
   * @param computed all rows the table shall have, in any order; read more than once
   * @param partColumns the columns that name a part: dates and texts; none for the whole table
   */
  public TableChange apply(TableSpec table, Dataset<Row> computed, List<String> partColumns) {
    return replace(table, computed, partColumns, tables, Optional.empty());
  }

  /**
   * Replaces what differs among some parts; the others stay unread.
   *
   * @param computed all rows those parts shall have, and no other
   * @param parts their names: the values of the columns joined with {@code |}
   * @param whole the content of the whole table as it is
   */
  public TableChange apply(
      TableSpec table,
      Dataset<Row> computed,
      List<String> partColumns,
      Collection<String> parts,
      ContentHash whole) {
    return replace(
        table,
        computed,
        partColumns,
        present -> tables.pinned().readDays(present, TableParts.days(parts)),
        Optional.of(new Extent(new TreeSet<>(parts), whole)));
  }

  /**
   * What is brought to other rows.
   *
   * @param parts of the table
   * @param whole the content of the whole table
   */
  private record Extent(Set<String> parts, ContentHash whole) {}

  /**
   * Brings the present rows to the computed ones.
   *
   * @param presentRows reads the days of all parts
   * @param extent empty if all rows are brought to others
   */
  private TableChange replace(
      TableSpec table,
      Dataset<Row> computed,
      List<String> partColumns,
      TableReader presentRows,
      Optional<Extent> extent) {
    ContentHash whole = extent.map(Extent::whole).orElse(ContentHash.EMPTY);
    Map<String, ContentHash> ofDays =
        tables.isKnownEmpty(table)
            ? Map.of()
            : hashes(shaped(table, presentRows.read(table)), partColumns);
    Map<String, ContentHash> present = new TreeMap<>(ofDays);
    extent.ifPresent(known -> present.keySet().retainAll(known.parts()));
    if (present.isEmpty()) {
      return fill(table, shaped(table, computed), partColumns, whole);
    }
    Dataset<Row> rows = planned(shaped(table, computed));
    Map<String, ContentHash> wanted = hashes(rows, partColumns);
    List<String> changed = changed(wanted, present);
    if (!changed.isEmpty()) {
      replace(table, rows, partColumns, changed, wanted, ofDays);
    }
    ContentHash kept =
        extent.isPresent() ? whole.minus(ContentHash.sum(present.values())) : ContentHash.EMPTY;
    return change(table, kept, wanted, changed);
  }

  /**
   * Replaces parts.
   *
   * @param wanted the content of computed parts
   * @param present the content of all parts that lie on the days of those
   */
  private void replace(
      TableSpec table,
      Dataset<Row> computed,
      List<String> partColumns,
      Collection<String> parts,
      Map<String, ContentHash> wanted,
      Map<String, ContentHash> present) {
    String predicate = TableParts.predicate(partColumns, parts);
    boolean areAll = parts.containsAll(wanted.keySet());
    JavaRDD<InternalRow> rows = InternalRows.of(areAll ? computed : computed.where(predicate));
    Map<String, ContentHash> written = new TreeMap<>(wanted);
    written.keySet().retainAll(parts);
    Map<String, ContentHash> others = others(present, parts);
    if (!others.isEmpty()) {
      Dataset<Row> ofDays = tables.pinned().readDays(table, TableParts.days(parts));
      rows = rows.union(InternalRows.of(shaped(table, ofDays).where(not(expr(predicate)))));
      written.putAll(others);
    }
    rewrite(tables, table, inFewFiles(rows, written.values()), partColumns, parts);
  }

  /**
   * Adds rows that are all new, hashed as they are written.
   *
   * @param kept the content that is there
   */
  TableChange fill(
      TableSpec table, Dataset<Row> computed, List<String> partColumns, ContentHash kept) {
    PassingRows rows = new PassingRows(computed, partColumns);
    long count = rows.countUpTo(ROWS_OF_ONE_TASK);
    if (count > 0) {
      int atOnce = computed.sparkSession().sparkContext().defaultParallelism();
      // However many tasks computed them: each writes a file per day, and readers pay for each.
      tables.append(table, rows.rows(count <= ROWS_OF_ONE_TASK ? 1 : atOnce), Optional.empty());
    }
    Map<String, ContentHash> added = rows.byGroup();
    return change(table, kept, added, List.copyOf(added.keySet()));
  }

  private static TableChange change(
      TableSpec table, ContentHash kept, Map<String, ContentHash> parts, List<String> changed) {
    ContentHash now = kept.plus(ContentHash.sum(parts.values()));
    return new TableChange(table.name(), now.rows(), now.toString(), changed);
  }

  /** The parts that are not replaced though they lie on the days of those that are. */
  private static Map<String, ContentHash> others(
      Map<String, ContentHash> present, Collection<String> replaced) {
    Map<String, ContentHash> others = new TreeMap<>(present);
    others.keySet().removeAll(replaced);
    if (!others.isEmpty()) {
      Set<LocalDate> days = TableParts.days(replaced);
      others.keySet().removeIf(part -> !days.contains(TableParts.day(part)));
    }
    return others;
  }

  /** Writes whole days anew, those that parts lie on; everything if the table is one part. */
  static void rewrite(
      LakeTables tables,
      TableSpec table,
      JavaRDD<InternalRow> rows,
      List<String> partColumns,
      Collection<String> parts) {
    if (partColumns.isEmpty()) {
      tables.replaceAll(table, rows, Optional.empty());
    } else {
      tables.replaceDays(table, rows, TableParts.days(parts), Optional.empty());
    }
  }

  /** Each task writes a file per day: one task is enough for what one file can hold. */
  static JavaRDD<InternalRow> inFewFiles(
      JavaRDD<InternalRow> rows, Collection<ContentHash> contents) {
    return ContentHash.sum(contents).rows() <= ROWS_OF_ONE_TASK ? rows.coalesce(1) : rows;
  }

  private static Map<String, ContentHash> hashes(Dataset<Row> rows, List<String> partColumns) {
    StructType schema = rows.schema();
    return GroupHashes.over(InternalRows.of(rows), () -> GroupHashes.by(schema, partColumns));
  }

  /** The same rows, planned and shuffled once for all that is asked of them. */
  private static Dataset<Row> planned(Dataset<Row> rows) {
    return InternalRows.frame(rows.sparkSession(), InternalRows.of(rows), rows.schema());
  }

  /** The table's columns, in order. */
  static Dataset<Row> shaped(TableSpec table, Dataset<Row> computed) {
    return computed.select(
        Arrays.stream(table.schema().fields())
            .map(field -> functions.col(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static List<String> changed(
      Map<String, ContentHash> wanted, Map<String, ContentHash> present) {
    TreeSet<String> parts = new TreeSet<>(wanted.keySet());
    parts.addAll(present.keySet());
    List<String> changed = new ArrayList<>();
    for (String part : parts) {
      if (!Objects.equals(wanted.get(part), present.get(part))) {
        changed.add(part);
      }
    }
    return changed;
  }
}
