package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Workspace;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/** What the settings say about a row's org, as column expressions. */
public final class OrgDays {

  private final Settings settings;

  public OrgDays(Settings settings) {
    this.settings = settings;
  }

  /** The date of a UTC timestamp in the time zone that the row's {@code org} had then. */
  public Column localDate(Column timestamp) {
    Column date = firstDate(timestamp);
    for (Org org : settings.orgs()) {
      for (Measurement.TimeZoneChange change : org.measurement().timeZoneChanges()) {
        Column holds = col("org").equalTo(org.slug()).and(timestamp.geq(lit(change.from())));
        date = when(holds, date(timestamp, change.timeZone())).otherwise(date);
      }
    }
    return date;
  }

  /** By zone, since one that is known beforehand is not looked up for every row. */
  private Column firstDate(Column timestamp) {
    Map<ZoneId, List<String>> orgs = new LinkedHashMap<>();
    for (Org org : settings.orgs()) {
      orgs.computeIfAbsent(org.timeZone(), zone -> new ArrayList<>()).add(org.slug());
    }
    Column date = date(timestamp, ZoneOffset.UTC);
    for (Map.Entry<ZoneId, List<String>> zone : orgs.entrySet()) {
      date =
          when(col("org").isin(zone.getValue().toArray()), date(timestamp, zone.getKey()))
              .otherwise(date);
    }
    return date;
  }

  private static Column date(Column timestamp, ZoneId zone) {
    return to_date(from_utc_timestamp(timestamp, lit(zone.getId())));
  }

  /** Whether the row's workspace sent only first opens and clicks at that time. */
  Column firstOccurrencesOnly(Column timestamp) {
    Column any = lit(false);
    for (Org org : settings.orgs()) {
      for (Workspace workspace : org.workspaces()) {
        Column inWorkspace =
            col("org").equalTo(org.slug()).and(col("workspace").equalTo(workspace.name()));
        any = any.or(inWorkspace.and(enabled(workspace, timestamp)));
      }
    }
    return coalesce(any, lit(false));
  }

  private static Column enabled(Workspace workspace, Column timestamp) {
    Column enabled = lit(false);
    List<Workspace.FirstOccurrenceOnly> changes = workspace.firstOccurrenceOnly();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).enabled()) {
        Column since = timestamp.geq(lit(changes.get(i).from()));
        Column until =
            i + 1 < changes.size() ? timestamp.lt(lit(changes.get(i + 1).from())) : lit(true);
        enabled = enabled.or(since.and(until));
      }
    }
    return enabled;
  }

  /** The channel of the row's {@code template_id}; null for one that is not set up. */
  Column templateChannel() {
    List<Column> channels = new ArrayList<>();
    for (Org org : settings.orgs()) {
      org.templates()
          .forEach(
              template -> {
                channels.add(lit(org.slug() + "\u0000" + template.id()));
                channels.add(lit(template.channel().label()));
              });
    }
    Column key = concat_ws("\u0000", col("org"), col("template_id"));
    return channels.isEmpty()
        ? lit(null).cast("string")
        : element_at(map(channels.toArray(Column[]::new)), key);
  }
}
