package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Workspace;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** What the settings say about a row's org, as column expressions. */
public final class OrgDays {

  private final Settings settings;

  /** One for each zone: Spark computes the same function of the same column once. */
  private final Map<ZoneId, UserDefinedFunction> localDays = new HashMap<>();

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

  private Column date(Column timestamp, ZoneId zone) {
    UserDefinedFunction day =
        localDays.computeIfAbsent(zone, each -> udf(new LocalDay(each), DataTypes.IntegerType));
    return date_from_unix_date(day.apply(unix_micros(timestamp)));
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
