package dev.copyloop.events.settings;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * How an org measures, beyond its rules.
 *
 * @param timeZoneChanges by time; before the first one the org's own time zone holds
 * @param customMetrics every version of every metric
 * @param experiments of all templates, by template and time
 */
public record Measurement(
    List<TimeZoneChange> timeZoneChanges,
    List<CustomMetric> customMetrics,
    List<Experiment> experiments) {

  /** Of an org that measures what every org does. */
  public static final Measurement NONE = new Measurement(List.of(), List.of(), List.of());

  public Measurement {
    timeZoneChanges =
        timeZoneChanges.stream().sorted(Comparator.comparing(TimeZoneChange::from)).toList();
    customMetrics = List.copyOf(customMetrics);
    experiments =
        experiments.stream()
            .sorted(Comparator.comparing(Experiment::templateId).thenComparing(Experiment::from))
            .toList();
  }

  /** The metrics that are made of the org's own events. */
  public List<CustomMetric> ownEventMetrics() {
    return customMetrics.stream().filter(metric -> metric.eventName().isPresent()).toList();
  }

  /** The metrics that are made of what happened to the messages. */
  public List<CustomMetric> engagementMetrics() {
    return customMetrics.stream().filter(metric -> metric.engagement().isPresent()).toList();
  }

  /** Which zone's days an org's figures use from a time on. */
  public record TimeZoneChange(Instant from, ZoneId timeZone) {}
}
