package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableSpec;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Brings a batch's rows into a table: days of which no row changes are added to, the others are
 * written anew. Both are whole commits, and what one of them brought is found there by a re-run.
 */
final class TableWriter {
  private final LakeTables tables;
  private final TableSpec table;
  private final String batchId;

  TableWriter(LakeTables tables, TableSpec table, String batchId) {
    this.tables = tables;
    this.table = table;
    this.batchId = batchId;
  }

  /**
   * Writes rows.
   *
   * @param rows what the batch's lines bring
   * @param days the epoch days of those rows
   * @param verdicts which rows of the table change
   */
  void write(JavaRDD<InternalRow> rows, SortedSet<Integer> days, Verdicts verdicts) {
    Set<Integer> rewritten = verdicts.rewrittenDays();
    if (!rewritten.isEmpty()) {
      rewrite(rows, verdicts);
    }
    if (rewritten.isEmpty() && !days.isEmpty()) {
      append(rows);
    } else if (!rewritten.containsAll(days)) {
      append(rows.filter(row -> !rewritten.contains(epochDay(row))));
    }
  }

  private void append(JavaRDD<InternalRow> rows) {
    tables.append(table, rows, Optional.of(batchId));
  }

  private void rewrite(JavaRDD<InternalRow> rows, Verdicts verdicts) {
    Set<Integer> days = new HashSet<>(verdicts.rewrittenDays());
    List<LocalDate> dates =
        days.stream().map(day -> LocalDate.ofEpochDay(day)).collect(Collectors.toList());
    Map<String, Verdicts.RowChange> changes = verdicts.rowChanges();
    StructType schema = table.schema();
    int object = schema.fieldIndex("landing_object");
    int line = schema.fieldIndex("landing_line");
    JavaRDD<InternalRow> old =
        InternalRows.of(tables.readDays(table, dates).select(columns(schema)))
            .flatMap(
                row ->
                    changed(
                        row,
                        changes.get(LandingPlace.of(row.getString(object), row.getInt(line)))));
    JavaRDD<InternalRow> all = old.union(rows.filter(row -> days.contains(epochDay(row))));
    tables.replaceDays(table, all, dates, Optional.of(batchId));
  }

  /** A table that got columns later may have them in another order. */
  private static Column[] columns(StructType schema) {
    return Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  private static Iterator<InternalRow> changed(InternalRow row, Verdicts.RowChange change) {
    if (change instanceof Verdicts.RowChange.Removed) {
      return Collections.emptyIterator();
    }
    if (change instanceof Verdicts.RowChange.MoreCalls more) {
      return List.of(GenerationRows.withCalls(row, more.calls())).iterator();
    }
    return List.of(row).iterator();
  }

  /** Of a row of a table by day, whose first column is the date. */
  private static int epochDay(InternalRow row) {
    return row.getInt(0);
  }
}
