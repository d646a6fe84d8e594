package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_seconds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.lake.Arrival;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many events of which day arrived how late, by org. Only of days of which all has come that
 * comes by itself: what comes later is not counted, so that a day is counted once and kept.
 */
record LatenessCounts(Map<LocalDate, Day> days) {
  /** The upper bounds of the classes of lateness; what arrived later is not counted. */
  static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(3),
          Duration.ofDays(5),
          Arrival.LATEST);

  private static final Duration MEMORY = Duration.ofDays(90);
  private static final int SCHEMA_VERSION = 1;

  /**
   * One day's counts.
   *
   * @param orgs org to its events by class
   */
  record Day(Map<String, long[]> orgs) {
    /** An org's events by class, those of {@link #BOUNDS}. */
    long[] ofOrg(String org) {
      return orgs.getOrDefault(org, new long[BOUNDS.size()]).clone();
    }
  }

  /** The counts as of now; days that were counted before are not read. */
  static LatenessCounts upToDate(Bucket ours, TableReader tables, Instant now) throws IOException {
    Dataset<Row> events = tables.read(EventsTable.SPEC);
    LocalDate earliest = now.minus(MEMORY).atOffset(ZoneOffset.UTC).toLocalDate();
    Map<LocalDate, Day> known = read(ours);
    Map<LocalDate, Day> days = new TreeMap<>();
    Set<String> settled = new TreeSet<>();
    for (String name : DayFingerprints.of(events, EventsTable.SPEC.partition()).keySet()) {
      LocalDate day = LocalDate.parse(name);
      if (!day.isBefore(earliest) && isSettled(day, now)) {
        days.put(day, known.getOrDefault(day, new Day(new TreeMap<>())));
        if (!known.containsKey(day)) {
          settled.add(name);
        }
      }
    }
    if (!settled.isEmpty()) {
      count(events, settled, days);
      ours.write(LakeLayout.LATENESS, json(days));
    }
    return new LatenessCounts(days);
  }

  private static boolean isSettled(LocalDate day, Instant now) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return !end.plus(Arrival.LATEST).isAfter(now);
  }

  private static void count(Dataset<Row> events, Set<String> names, Map<LocalDate, Day> days) {
    Column seconds = unix_seconds(col("received_at")).minus(unix_seconds(col("occurred_at")));
    Column lateness = lit(0);
    for (Duration bound : BOUNDS) {
      lateness = lateness.plus(seconds.gt(bound.toSeconds()).cast("int"));
    }
    GroupSums.of(
            events
                .where(col("date").cast("string").isin(names.toArray()))
                .select(col("date"), col("org"), lateness, lit(1L)),
            3)
        .forEach((group, count) -> note(days, group, count[0]));
  }

  private static void note(Map<LocalDate, Day> days, List<String> group, long count) {
    int lateness = Integer.parseInt(group.get(2));
    if (lateness < BOUNDS.size()) {
      days.get(LocalDate.parse(group.get(0)))
              .orgs()
              .computeIfAbsent(group.get(1), org -> new long[BOUNDS.size()])[lateness] =
          count;
    }
  }

  private static Map<LocalDate, Day> read(Bucket ours) throws IOException {
    JsonNode node = Json.mapper().readTree(ours.read(LakeLayout.LATENESS).orElse(new byte[] {'0'}));
    Map<LocalDate, Day> days = new TreeMap<>();
    if (node.path("schema_version").asInt() == SCHEMA_VERSION) {
      for (Map.Entry<String, JsonNode> day : node.path("days").properties()) {
        // The release before counted days that were not settled, and said so.
        if (day.getValue().path("settled").asBoolean(true)) {
          days.put(LocalDate.parse(day.getKey()), day(day.getValue()));
        }
      }
    }
    return days;
  }

  private static Day day(JsonNode node) {
    Map<String, long[]> orgs = new TreeMap<>();
    node.path("orgs")
        .properties()
        .forEach(
            org -> {
              long[] counts = new long[BOUNDS.size()];
              for (int i = 0; i < counts.length; i++) {
                counts[i] = org.getValue().path(i).asLong();
              }
              orgs.put(org.getKey(), counts);
            });
    return new Day(orgs);
  }

  private static byte[] json(Map<LocalDate, Day> days) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    ObjectNode each = node.putObject("days");
    days.forEach(
        (date, day) -> {
          ObjectNode orgs = each.putObject(date.toString()).putObject("orgs");
          day.orgs()
              .forEach(
                  (org, counts) -> {
                    ArrayNode array = orgs.putArray(org);
                    for (long count : counts) {
                      array.add(count);
                    }
                  });
        });
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
