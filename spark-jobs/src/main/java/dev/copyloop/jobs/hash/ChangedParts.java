package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.LakeTables;
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
    return replace(table, computed, partColumns, tables.read(table), Optional.empty());
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
    Dataset<Row> present = tables.read(table).where(predicate(partColumns, parts));
    return replace(table, computed, partColumns, present, Optional.of(whole));
  }

  /**
   * Brings the present rows to the computed ones.
   *
   * @param whole of the table; empty if all of its rows are present
   */
  private TableChange replace(
      TableSpec table,
      Dataset<Row> computed,
      List<String> partColumns,
      Dataset<Row> presentRows,
      Optional<ContentHash> whole) {
    List<String> columns = Arrays.asList(table.schema().fieldNames());
    Dataset<Row> shaped = shaped(table, computed);
    Map<String, ContentHash> wanted = ContentHashes.byGroup(shaped, partColumns, columns);
    Map<String, ContentHash> present = ContentHashes.byGroup(presentRows, partColumns, columns);
    List<String> changed = changed(wanted, present);
    if (!changed.isEmpty()) {
      String predicate = predicate(partColumns, changed);
      tables.replaceWhere(
          table, inFewFiles(shaped.where(predicate), wanted, changed), predicate, Optional.empty());
    }
    ContentHash now =
        whole
            .map(before -> before.minus(ContentHash.sum(present.values())))
            .orElse(ContentHash.EMPTY)
            .plus(ContentHash.sum(wanted.values()));
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
