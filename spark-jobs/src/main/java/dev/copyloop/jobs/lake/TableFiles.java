package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files of a table at one of its versions, asked for once: Delta runs a query over its log each
 * time that a table is read. Immutable.
 */
final class TableFiles {

  private final SparkSession spark;
  private final DeltaLog log;
  private final Snapshot snapshot;
  private final List<AddFile> files;

  private TableFiles(SparkSession spark, DeltaLog log, Snapshot snapshot, List<AddFile> files) {
    this.spark = spark;
    this.log = log;
    this.snapshot = snapshot;
    this.files = files;
  }

  /** Asks the table in a folder for its files. */
  static TableFiles of(SparkSession spark, String location) {
    var table = DeltaLog.forTableWithSnapshot(spark, location);
    return new TableFiles(spark, table._1(), table._2(), files(table._2()));
  }

  /** Asks for those of a version that the table's log still tells of. */
  static TableFiles of(SparkSession spark, String location, long version) {
    DeltaLog log = DeltaLog.forTable(spark, location);
    Snapshot snapshot = log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
    return new TableFiles(spark, log, snapshot, files(snapshot));
  }

  /** By what Delta writes beside each commit, unless the table has very many: then by its log. */
  static List<AddFile> files(Snapshot snapshot) {
    Option<Seq<AddFile>> written = snapshot.checksumOpt().flatMap(VersionChecksum::allFiles);
    return written.isDefined()
        ? CollectionConverters.asJava(written.get())
        : snapshot.allFiles().collectAsList();
  }

  /** How many rows the files hold; empty if that was not written down of one. */
  OptionalLong count() {
    long rows = 0;
    for (AddFile file : files) {
      Option<Object> known = file.numLogicalRecords();
      if (known.isEmpty()) {
        return OptionalLong.empty();
      }
      rows += (long) known.get();
    }
    return OptionalLong.of(rows);
  }

  /** All rows. */
  Dataset<Row> rows() {
    return rows(spark, log, snapshot, files);
  }

  /**
   * The rows of some days.
   *
   * @param partition the table's day column
   */
  Dataset<Row> rows(String partition, Collection<LocalDate> days) {
    return rows(partition, isOf(days));
  }

  /**
   * The rows of all other days.
   *
   * @param partition the table's day column
   */
  Dataset<Row> rowsOfOthers(String partition, Collection<LocalDate> days) {
    return rows(partition, isOf(days).negate());
  }

  private static Predicate<String> isOf(Collection<LocalDate> days) {
    return days.stream().map(LocalDate::toString).collect(Collectors.toSet())::contains;
  }

  private Dataset<Row> rows(String partition, Predicate<String> days) {
    return rows(
        spark,
        log,
        snapshot,
        files.stream()
            .filter(file -> file.partitionValues().get(partition).exists(days::test))
            .toList());
  }

  /** The rows of some files, which the table has or had; of none, Spark plans nothing. */
  static Dataset<Row> rows(
      SparkSession spark, DeltaLog log, Snapshot snapshot, List<AddFile> files) {
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), snapshot.schema());
    }
    return KnownFiles.rows(spark, log, snapshot, files);
  }
}
