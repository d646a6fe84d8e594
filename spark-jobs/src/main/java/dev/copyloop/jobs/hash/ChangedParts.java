package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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
    String ofParts = predicate(partColumns, parts);
    return replace(
        table,
        computed,
        partColumns,
        present -> tables.read(present).where(ofParts),
        Optional.of(whole));
  }

  /**
   * Brings the present rows to the computed ones.
   *
   * @param presentRows reads them
   * @param whole of the table; empty if all of its rows are present
   */
  private TableChange replace(
      TableSpec table,
      Dataset<Row> computed,
      List<String> partColumns,
      TableReader presentRows,
      Optional<ContentHash> whole) {
    List<String> columns = Arrays.asList(table.schema().fieldNames());
    Map<String, ContentHash> present =
        tables.isKnownEmpty(table)
            ? Map.of()
            : ContentHashes.byGroup(presentRows.read(table), partColumns, columns);
    if (present.isEmpty()) {
      return fill(table, shaped(table, computed), partColumns, whole.orElse(ContentHash.EMPTY));
    }
    Dataset<Row> rows = planned(shaped(table, computed));
    Map<String, ContentHash> wanted = ContentHashes.byGroup(rows, partColumns, columns);
    List<String> changed = changed(wanted, present);
    if (!changed.isEmpty()) {
      String predicate = predicate(partColumns, changed);
      tables.replaceWhere(
          table, inFewFiles(rows.where(predicate), wanted, changed), predicate, Optional.empty());
    }
    ContentHash kept =
        whole
            .map(before -> before.minus(ContentHash.sum(present.values())))
            .orElse(ContentHash.EMPTY);
    return change(table, kept, wanted, changed);
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

  /** Each task writes a file per day: one task is enough for what one file can hold. */
  static Dataset<Row> inFewFiles(
      Dataset<Row> rows, Map<String, ContentHash> wanted, Collection<String> changed) {
    long count =
        changed.stream()
            .mapToLong(part -> wanted.getOrDefault(part, ContentHash.EMPTY).rows())
            .sum();
    return count <= ROWS_OF_ONE_TASK ? rows.coalesce(1) : rows;
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

  /** SQL that holds for the rows of some parts. */
  public static String predicate(List<String> partColumns, Collection<String> parts) {
    if (partColumns.isEmpty() || parts.isEmpty()) {
      return String.valueOf(partColumns.isEmpty());
    }
    return partColumns.size() == 1
        ? in(partColumns.get(0), parts)
        : ofOrgs(partColumns.get(0), partColumns.get(1), parts);
  }

  private static String ofOrgs(String orgColumn, String dayColumn, Collection<String> parts) {
    return parts.stream()
        .collect(
            Collectors.groupingBy(
                part -> part.substring(0, part.lastIndexOf('|')),
                java.util.TreeMap::new,
                Collectors.mapping(
                    part -> part.substring(part.lastIndexOf('|') + 1), Collectors.toList())))
        .entrySet()
        .stream()
        .map(
            org ->
                "(%s = '%s' AND %s)"
                    .formatted(orgColumn, org.getKey(), in(dayColumn, org.getValue())))
        .collect(Collectors.joining(" OR "));
  }

  private static String in(String column, Collection<String> days) {
    return days.stream()
        .map(day -> "DATE'" + day + "'")
        .collect(Collectors.joining(", ", column + " IN (", ")"));
  }
}
