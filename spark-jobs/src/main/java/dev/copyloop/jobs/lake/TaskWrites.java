package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Adds and replaces rows of a table by files that the tasks write which hold the rows. Each method
 * returns false, and writes nothing, if a task meets so many days that rows are better sorted
 * first. Not thread-safe.
 */
final class TaskWrites {
  private final SparkSession spark;
  private final TableSpec table;
  private final String location;
  private final Commits commits;

  TaskWrites(SparkSession spark, TableSpec table, String location, Commits commits) {
    this.spark = spark;
    this.table = table;
    this.location = location;
    this.commits = commits;
  }

  boolean append(JavaRDD<InternalRow> rows, Optional<String> batchId) {
    Optional<List<DayFile>> files = files(rows);
    files.ifPresent(each -> make(FileCommit.begin(spark, location).adding(each), batchId));
    return files.isPresent();
  }

  /** Replaces the rows of some days, and of no other. */
  boolean replaceDays(
      JavaRDD<InternalRow> rows, Collection<LocalDate> days, Optional<String> batchId) {
    String column = table.partition().orElseThrow();
    Set<String> names = days.stream().map(LocalDate::toString).collect(Collectors.toSet());
    FileCommit commit = FileCommit.begin(spark, location);
    Optional<List<DayFile>> files = files(rows);
    files.ifPresent(
        each -> {
          requireDays(each, names);
          commit.removing(
              file -> file.partitionValues().get(column).exists(names::contains),
              LakeTables.daysPredicate(table, days));
          make(commit.adding(each), batchId);
        });
    return files.isPresent();
  }

  boolean replaceAll(JavaRDD<InternalRow> rows, Optional<String> batchId) {
    FileCommit commit = FileCommit.begin(spark, location);
    Optional<List<DayFile>> files = files(rows);
    files.ifPresent(each -> make(commit.removing(file -> true, "true").adding(each), batchId));
    return files.isPresent();
  }

  private Optional<List<DayFile>> files(JavaRDD<InternalRow> rows) {
    return DayFiles.of(spark, location, table).write(rows);
  }

  private void requireDays(List<DayFile> files, Set<String> days) {
    for (DayFile file : files) {
      if (!file.isOf(days)) {
        throw new IllegalStateException(
            "Cannot replace days %s of table %s: a row is of %s"
                .formatted(days, table.name(), file.partition()));
      }
    }
  }

  private void make(FileCommit commit, Optional<String> batchId) {
    String metadata = commits.metadata(batchId);
    commits.make(
        table,
        number -> commit.make(number, metadata),
        () -> DeltaLog.forTableWithSnapshot(spark, location)._2());
  }
}
