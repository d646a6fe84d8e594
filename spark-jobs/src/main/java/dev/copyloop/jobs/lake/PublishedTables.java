package dev.copyloop.jobs.lake;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the tables as a published state names them, however far they are ahead by now. */
public final class PublishedTables implements TableReader {
  private final SparkSession spark;
  private final Bucket bucket;
  private final Publication publication;
  private final Map<String, TableFiles> files = new TreeMap<>();

  public PublishedTables(SparkSession spark, Bucket bucket, Publication publication) {
    this.spark = spark;
    this.bucket = bucket;
    this.publication = publication;
  }

  /**
   * The tables as last published.
   *
   * @throws JobException if nothing was published yet
   */
  public static PublishedTables latest(SparkSession spark, Bucket bucket) throws IOException {
    Publication publication =
        new Publications(bucket)
            .latest()
            .orElseThrow(
                () ->
                    JobException.failed(
                        "Cannot read %s: nothing was published there yet. Run nightly, or publish after metrics"
                            .formatted(bucket.path(LakeLayout.PUBLISHED)),
                        null));
    return new PublishedTables(spark, bucket, publication);
  }

  /** The state they are read from. */
  public Publication publication() {
    return publication;
  }

  /** The days of a table whose rows were last written by other settings than the state's. */
  public SortedSet<LocalDate> daysOfOlderSettings(TableSpec table) {
    SortedMap<LocalDate, String> settings =
        TableChanges.settings(
            spark,
            bucket.path(LakeLayout.table(table.name())).toString(),
            table.partition().orElseThrow());
    settings.values().removeIf(publication.settingsSha256()::equals);
    return new TreeSet<>(settings.keySet());
  }

  @Override
  public Dataset<Row> read(TableSpec table) {
    return files(table).rows();
  }

  /** The table's rows of some days. */
  public Dataset<Row> readDays(TableSpec table, Collection<LocalDate> days) {
    return files(table).rows(table.partition().orElseThrow(), days);
  }

  private TableFiles files(TableSpec table) {
    Long version = publication.versions().get(table.name());
    if (version == null) {
      throw JobException.failed(
          "Cannot read table %s: state %d was published before it existed. Run publish again"
              .formatted(table.name(), publication.number()),
          null);
    }
    return files.computeIfAbsent(
        table.name(),
        name -> TableFiles.of(spark, bucket.path(LakeLayout.table(name)).toString(), version));
  }
}
