package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.ContentHashes;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Reads a dataset's rows for several orgs at once: to learn what the parts hold that are published
 * already, and to write those that differ and those that are new.
 */
record PartRows(ExportDataset dataset) {

  /** Of a table's files; rows to be sorted take several times as much memory. */
  private static final long TASK_BYTES = 8L * 1024 * 1024;

  private static final int MOST_TASKS = 64;

  /** The plans with what their published days hold now. */
  List<OrgExport> compared(List<OrgExport> plans) {
    Set<String> orgs = new TreeSet<>();
    Set<String> days = new TreeSet<>();
    for (OrgExport plan : plans) {
      Set<String> published = plan.publishedDays();
      if (!published.isEmpty()) {
        orgs.add(plan.org());
        days.addAll(published);
      }
    }
    Map<String, ContentHash> contents =
        days.isEmpty()
            ? Map.of()
            : ContentHashes.byGroup(
                dataset.rows(days, orgs),
                List.of(ExportDataset.ORG, ExportDataset.PART),
                Arrays.asList(dataset.fileColumns().fieldNames()));
    return plans.stream().map(plan -> plan.comparing(ofPlan(plan, contents))).toList();
  }

  /** Orgs are read together: one may need days that another does not. */
  private Map<String, ContentHash> ofPlan(OrgExport plan, Map<String, ContentHash> contents) {
    Set<String> days = plan.publishedDays();
    Map<String, ContentHash> own = new TreeMap<>();
    contents.forEach(
        (key, content) -> {
          int bar = key.lastIndexOf('|');
          String part = key.substring(bar + 1);
          if (key.substring(0, bar).equals(plan.org())
              && days.contains(dataset.partitioning().day(part))) {
            own.put(part, content);
          }
        });
    return own;
  }

  /** Writes the parts that differ from what is published, and those of new days. */
  List<WrittenPart> write(List<OrgExport> plans, PartWriter writer) {
    Column wanted = lit(false);
    Set<String> orgs = new TreeSet<>();
    Set<String> days = new TreeSet<>();
    for (OrgExport plan : plans) {
      List<String> changed = plan.changed();
      Set<String> fresh = plan.newDays();
      if (!changed.isEmpty() || !fresh.isEmpty()) {
        orgs.add(plan.org());
        changed.forEach(part -> days.add(dataset.partitioning().day(part)));
        days.addAll(fresh);
        wanted = wanted.or(dataset.isOf(plan.org(), changed, fresh));
      }
    }
    return days.isEmpty()
        ? List.of()
        : InternalRows.of(sorted(dataset.rows(days, orgs, wanted), orgs.size()))
            .mapPartitions(writer::write)
            .collect();
  }

  /**
   * The rows of each part together, in order. Times, which are compared fastest, come first where
   * that keeps parts together.
   */
  private Dataset<Row> sorted(Dataset<Row> rows, int orgs) {
    List<Column> order = new ArrayList<>();
    if (orgs > 1) {
      order.add(col(ExportDataset.ORG));
    }
    if (dataset.partitioning() != Partitioning.HOUR) {
      order.add(col(ExportDataset.PART));
    }
    dataset.order().forEach(name -> order.add(col(name)));
    return rows.repartition(tasks(rows), col(ExportDataset.ORG), col(ExportDataset.PART))
        .sortWithinPartitions(order.toArray(Column[]::new));
  }

  /** As many as sort their shares in memory: what does not fit is written and read once more. */
  private int tasks(Dataset<Row> rows) {
    int least = SQLConf.get().numShufflePartitions();
    long most =
        Math.min(MOST_TASKS, bytes(dataset.table().queryExecution().analyzed()) / TASK_BYTES);
    if (most <= least) {
      return least;
    }
    // Which of the table's files are read is only known once the rows are planned.
    long wanted = bytes(rows.queryExecution().optimizedPlan()) / TASK_BYTES;
    return (int) Math.max(least, Math.min(most, wanted));
  }

  private static long bytes(LogicalPlan plan) {
    return plan.stats().sizeInBytes().toLong();
  }
}
