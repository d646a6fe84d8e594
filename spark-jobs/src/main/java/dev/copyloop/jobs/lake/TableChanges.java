package dev.copyloop.jobs.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.FileAction;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** When and how a table's days were written, by its log alone. */
final class TableChanges {

  /** Less than maintenance keeps files that no version needs any more. */
  private static final Duration READABLE = TableMaintenance.RETENTION.minusDays(1);

  private TableChanges() {}

  /**
   * The days written by commits after a version; empty if the log does not reach back to it any
   * more.
   *
   * @param partition the table's day column
   */
  static Optional<SortedSet<LocalDate>> days(
      SparkSession spark, String location, String partition, long afterVersion) {
    SortedSet<LocalDate> days = new TreeSet<>();
    boolean whole =
        visit(
            spark,
            location,
            afterVersion,
            (version, action) -> {
              if (version > afterVersion) {
                day(action, partition).ifPresent(day -> days.add(day));
              }
            });
    return whole ? Optional.of(days) : Optional.empty();
  }

  /**
   * The files gained and lost after a version; empty if the log does not reach back to it, or one
   * of those files may not be there any more.
   *
   * @param current the table's latest version
   */
  static Optional<FileChanges> files(
      SparkSession spark, String location, long afterVersion, long current) {
    FileChanges changes = new FileChanges();
    boolean known =
        afterVersion == current
            || (afterVersion < current
                && visit(
                    spark,
                    location,
                    afterVersion + 1,
                    (version, action) -> {
                      if (action instanceof FileAction file) {
                        changes.note(file);
                      }
                    }));
    return known && changes.areThere(Instant.now().minus(READABLE))
        ? Optional.of(changes)
        : Optional.empty();
  }

  /** Takes an action of the commit that made a version. */
  private interface Visitor {
    void visit(long version, Action action);
  }

  /** Visits all commits from a version on; false if the log lacks one of them. */
  private static boolean visit(
      SparkSession spark, String location, long fromVersion, Visitor visitor) {
    var commits = DeltaLog.forTable(spark, location).getChanges(fromVersion, Option.empty(), false);
    long expected = fromVersion;
    while (commits.hasNext()) {
      var commit = commits.next();
      long version = (long) commit._1();
      if (version != expected) {
        return false;
      }
      for (Action action : CollectionConverters.asJava(commit._2())) {
        visitor.visit(version, action);
      }
      expected++;
    }
    return expected > fromVersion;
  }

  /**
   * The settings by which each day's rows were last written, as far back as the log goes; a day
   * written by a run that read none is left out.
   */
  static SortedMap<LocalDate, String> settings(
      SparkSession spark, String location, String partition) {
    SortedMap<LocalDate, String> settings = new TreeMap<>();
    var commits = DeltaLog.forTable(spark, location).getChanges(0, Option.empty(), false);
    while (commits.hasNext()) {
      List<Action> actions = CollectionConverters.asJava(commits.next()._2());
      Optional<String> sha256 = actions.stream().flatMap(TableChanges::settings).findFirst();
      for (Action action : actions) {
        if (action instanceof AddFile) {
          day(action, partition)
              .ifPresent(day -> sha256.ifPresent(each -> settings.put(day, each)));
        }
      }
    }
    return settings;
  }

  private static Stream<String> settings(Action action) {
    if (action instanceof CommitInfo commit && commit.userMetadata().isDefined()) {
      try {
        JsonNode metadata = Json.mapper().readTree(commit.userMetadata().get());
        return Stream.of(metadata.path("settings_sha256").asText()).filter(sha -> !sha.isEmpty());
      } catch (JsonProcessingException e) {
        // A commit that was not made here.
        return Stream.empty();
      }
    }
    return Stream.empty();
  }

  private static Optional<LocalDate> day(Action action, String partition) {
    if (!(action instanceof FileAction file) || !file.dataChange()) {
      return Optional.empty();
    }
    Option<String> day = file.partitionValues().get(partition);
    return day.isEmpty() || day.get() == null
        ? Optional.empty()
        : Optional.of(LocalDate.parse(day.get()));
  }
}
