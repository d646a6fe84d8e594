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
  private static final Duration READABLE = Duration.ofDays(6);

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
    var commits =
        DeltaLog.forTable(spark, location).getChanges(afterVersion, Option.empty(), false);
    long expected = afterVersion;
    while (commits.hasNext()) {
      var commit = commits.next();
      if ((long) commit._1() != expected) {
        return Optional.empty();
      }
      if (expected > afterVersion) {
        CollectionConverters.asJava(commit._2())
            .forEach(action -> day(action, partition).ifPresent(day -> days.add(day)));
      }
      expected++;
    }
    return expected > afterVersion ? Optional.of(days) : Optional.empty();
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
    if (afterVersion > current) {
      return Optional.empty();
    }
    if (afterVersion < current) {
      try {
        var commits =
            DeltaLog.forTable(spark, location).getChanges(afterVersion + 1, Option.empty(), true);
        while (commits.hasNext()) {
          for (Action action : CollectionConverters.asJava(commits.next()._2())) {
            if (action instanceof FileAction file) {
              changes.note(file);
            }
          }
        }
      } catch (IllegalStateException e) {
        // The log was trimmed meanwhile.
        return Optional.empty();
      }
    }
    return Optional.of(changes).filter(each -> each.areThere(Instant.now().minus(READABLE)));
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
