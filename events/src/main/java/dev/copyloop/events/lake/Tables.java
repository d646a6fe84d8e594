package dev.copyloop.events.lake;

import java.util.List;

/** The names of the lake's tables, spelled once. */
public final class Tables {
  public static final String LANDING_LEDGER = "landing_ledger";
  public static final String EVENTS = "events";
  public static final String QUARANTINE = "quarantine";
  public static final String GENERATIONS = "generations";
  public static final String DELIVERIES = "deliveries";
  public static final String ENGAGEMENTS = "engagements";
  public static final String ATTRIBUTED_EVENTS = "attributed_events";
  public static final String WEBHOOK_CALLS = "webhook_calls";
  public static final String PERSON_IDENTIFIERS = "person_identifiers";
  public static final String PERSON_UNSUBSCRIBES = "person_unsubscribes";
  public static final String ATTRIBUTION_KEYS = "attribution_keys";
  public static final String DAILY_METRICS = "daily_metrics";
  public static final String DAILY_CUSTOM_METRICS = "daily_custom_metrics";
  public static final String COPIES = "copies";
  public static final String EXPERIMENTS = "experiments";
  public static final String RESTATEMENTS = "restatements";

  /** Every table, in flow order. */
  public static final List<String> ALL =
      List.of(
          LANDING_LEDGER,
          EVENTS,
          QUARANTINE,
          GENERATIONS,
          DELIVERIES,
          ENGAGEMENTS,
          ATTRIBUTED_EVENTS,
          WEBHOOK_CALLS,
          PERSON_IDENTIFIERS,
          PERSON_UNSUBSCRIBES,
          ATTRIBUTION_KEYS,
          DAILY_METRICS,
          DAILY_CUSTOM_METRICS,
          COPIES,
          EXPERIMENTS,
          RESTATEMENTS);

  private Tables() {}
}
