package dev.copyloop.jobs.lake;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.lease.Lease;
import dev.copyloop.jobs.run.Bucket;
import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.functions;
import scala.Option;

/**
 * The lake's Delta tables. A table is created, empty, before it is first read or written. Every
 * commit says in its user metadata which run, code, settings and batch made it.
 *
 * <p>None of the writing methods looks whether there is anything to write: whoever calls one knows
 * that something changed, so that a night without news commits nothing. Not thread-safe.
 */
public final class LakeTables implements TableReader {
  /** Whether a changed row is of a file that the table gained. */
  public static final String GAINED = "gained";

  private final SparkSession spark;
  private final Bucket bucket;
  private final Lease lease;
  private final Commits commits;
  private final Set<String> known = new HashSet<>();

  public LakeTables(
      SparkSession spark,
      Bucket bucket,
      String runId,
      String codeVersion,
      Supplier<Optional<String>> settingsSha,
      Lease lease,
      CommitHook hook) {
    this.spark = spark;
    this.bucket = bucket;
    this.lease = lease;
    this.commits = new Commits(runId, codeVersion, settingsSha, lease, hook);
  }

  /** The table's folder. */
  public String location(TableSpec table) {
    return bucket.path(LakeLayout.table(table.name())).toString();
  }

  /** The table's rows as of its latest version. */
  @Override
  public Dataset<Row> read(TableSpec table) {
    return files(table).rows();
  }

  /** The tables as they are now, and stay for whoever reads them there. */
  public PinnedTables pinned() {
    return new PinnedTables(this);
  }

  /** The table's rows of some days, as of its latest version. */
  public Dataset<Row> readDays(TableSpec table, Collection<LocalDate> days) {
    return read(table).where(daysPredicate(table, days));
  }

  /**
   * Commits nothing but this run's number to tables, so that no run which had the lease before can
   * write them any more.
   */
  public void fence(Collection<TableSpec> specs) {
    for (TableSpec table : specs) {
      create(table);
      append(table, spark.createDataFrame(List.of(), table.schema()), Optional.empty());
    }
  }

  /** Adds rows. */
  public void append(TableSpec table, Dataset<Row> rows, Optional<String> batchId) {
    commit(table, writer(table, rows, batchId).mode("append"));
  }

  /**
   * Adds rows as Spark keeps them, written by the tasks that hold them; by Spark if a task meets so
   * many days that their rows are better sorted first, for which the rows are computed once more.
   *
   * @param rows of the table's schema; each may be of one object that is filled anew
   */
  public void append(TableSpec table, JavaRDD<InternalRow> rows, Optional<String> batchId) {
    if (!byTasks(table).append(rows, batchId)) {
      append(table, InternalRows.frame(spark, rows, table.schema()), batchId);
    }
  }

  /**
   * Replaces the rows for which a predicate holds by others, in one commit. Delta refuses rows for
   * which it does not hold.
   */
  public void replaceWhere(
      TableSpec table, Dataset<Row> rows, String predicate, Optional<String> batchId) {
    commit(table, writer(table, rows, batchId).mode("overwrite").option("replaceWhere", predicate));
  }

  /**
   * Replaces whole days by others, in one commit; a day without rows becomes empty. A row of
   * another day is refused.
   *
   * @param rows written as those that are {@link #append}ed
   */
  public void replaceDays(
      TableSpec table,
      JavaRDD<InternalRow> rows,
      Collection<LocalDate> days,
      Optional<String> batchId) {
    if (!byTasks(table).replaceDays(rows, days, batchId)) {
      Dataset<Row> frame = InternalRows.frame(spark, rows, table.schema());
      replaceWhere(table, frame, daysPredicate(table, days), batchId);
    }
  }

  /**
   * Replaces all rows by others, in one commit.
   *
   * @param rows written as those that are {@link #append}ed
   */
  public void replaceAll(TableSpec table, JavaRDD<InternalRow> rows, Optional<String> batchId) {
    if (!byTasks(table).replaceAll(rows, batchId)) {
      replaceWhere(table, InternalRows.frame(spark, rows, table.schema()), "true", batchId);
    }
  }

  /** SQL that holds for the rows of some days. */
  public static String daysPredicate(TableSpec table, Collection<LocalDate> days) {
    String column =
        table
            .partition()
            .orElseThrow(
                () -> new IllegalArgumentException("Table " + table.name() + " has no days"));
    return daysPredicate(column, days);
  }

  /** SQL that holds for the rows that name some days in a column of dates. */
  public static String daysPredicate(String column, Collection<LocalDate> days) {
    return days.isEmpty()
        ? "false"
        : new TreeSet<>(days)
            .stream()
                .map(day -> "DATE'" + day + "'")
                .collect(Collectors.joining(", ", column + " IN (", ")"));
  }

  /** Whether the table was ever created; asking creates nothing. */
  public boolean exists(TableSpec table) {
    return known.contains(table.name()) || DeltaTable.isDeltaTable(spark, location(table));
  }

  /** What keeps the tables' files in order. */
  public TableMaintenance maintenance() {
    return new TableMaintenance(spark, this, lease);
  }

  /** The table's latest version, from 0. */
  public long version(TableSpec table) {
    create(table);
    return snapshot(table).version();
  }

  /** How much the files of the table's latest version hold, compressed. */
  public long bytes(TableSpec table) {
    create(table);
    Snapshot snapshot = snapshot(table);
    Option<VersionChecksum> checksum = snapshot.checksumOpt();
    return checksum.isDefined() ? checksum.get().tableSizeBytes() : snapshot.sizeInBytes();
  }

  /** Whether the sums beside the table's log say that it has no rows; false also without them. */
  public boolean isKnownEmpty(TableSpec table) {
    create(table);
    Option<VersionChecksum> checksum = snapshot(table).checksumOpt();
    return checksum.isDefined() && checksum.get().numFiles() == 0;
  }

  /** The days that have rows. */
  public SortedSet<LocalDate> days(TableSpec table) {
    return days(read(table), table.partition().orElseThrow());
  }

  /** The days that rows name in a column of dates, none of them null. */
  public static SortedSet<LocalDate> days(Dataset<Row> rows, String column) {
    SortedSet<LocalDate> days = new TreeSet<>();
    GroupSums.of(rows.select(column), 1)
        .keySet()
        .forEach(day -> days.add(LocalDate.parse(day.get(0))));
    return days;
  }

  /**
   * The days that were written after a version that the table has had; empty if its log, which
   * keeps 30 days, no longer tells, nor how the table was then.
   */
  public Optional<SortedSet<LocalDate>> daysChangedSince(TableSpec table, long version) {
    String partition = table.partition().orElseThrow();
    create(table);
    return TableChanges.days(spark, location(table), partition, version);
  }

  /** The files gained and lost after a version; empty if the log no longer says so. */
  public Optional<FileChanges> changesSince(TableSpec table, long version) {
    return TableChanges.files(spark, location(table), version, version(table));
  }

  /**
   * The rows of files that were gained and lost, with a column {@link #GAINED}: false for those of
   * lost files. A row that moved to another file occurs in both.
   */
  public Dataset<Row> rows(TableSpec table, FileChanges changes) {
    return rows(table, changes.gained())
        .withColumn(GAINED, functions.lit(true))
        .unionByName(rows(table, changes.lost()).withColumn(GAINED, functions.lit(false)));
  }

  private Dataset<Row> rows(TableSpec table, List<AddFile> files) {
    var log = DeltaLog.forTableWithSnapshot(spark, location(table));
    return TableFiles.rows(spark, log._1(), log._2(), files);
  }

  TableFiles files(TableSpec table) {
    create(table);
    return TableFiles.of(spark, location(table));
  }

  private Snapshot snapshot(TableSpec table) {
    return DeltaLog.forTableWithSnapshot(spark, location(table))._2();
  }

  private TaskWrites byTasks(TableSpec table) {
    create(table);
    return new TaskWrites(spark, table, location(table), commits);
  }

  private DataFrameWriter<Row> writer(
      TableSpec table, Dataset<Row> rows, Optional<String> batchId) {
    create(table);
    return rows.write().format("delta").option("userMetadata", commits.metadata(batchId));
  }

  private void commit(TableSpec table, DataFrameWriter<Row> writer) {
    commits.make(
        table,
        number -> {
          number.ifPresent(each -> Fence.number(writer, each));
          writer.save(location(table));
        },
        () -> snapshot(table));
  }

  private void create(TableSpec table) {
    if (!known.contains(table.name())) {
      TableCreation.create(spark, location(table), table);
      known.add(table.name());
    }
  }
}
