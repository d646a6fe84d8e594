package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;

/** The shapes of the tables of figures. */
public final class MetricsTables {

  static final String LOWER_BOUND = "human_lower_bound";

  private static final String EVENT_DATE = "event_date";

  /** What a row of daily figures is about; together unique in each table. */
  static final List<String> DIMENSIONS =
      List.of(
          "org",
          "template_id",
          "copy_key",
          "arm",
          "reason",
          "action_id",
          "channel",
          "workspace",
          "message_no",
          "send_date",
          EVENT_DATE);

  /**
   * Additive facts by cohort ({@code send_date}) and by the day something happened ({@code
   * event_date}), both in the org's time zone. Unattributed deliveries are rows with arm {@code
   * none} and their reason. {@code opens} and {@code clicks} are null while the workspace sends
   * first occurrences only, {@code delivered} for a channel that has no such event. {@code
   * human_lower_bound}: only first occurrences are sent, so that a human's open after a machine's
   * is not known of.
   */
  public static final TableSpec DAILY_METRICS =
      new TableSpec(
          Tables.DAILY_METRICS,
          dimensions()
              .required(LongType, Measures.REQUIRED.toArray(String[]::new))
              .optional(LongType, Measures.OPTIONAL.toArray(String[]::new))
              .required(DataTypes.BooleanType, LOWER_BOUND)
              .schema(),
          Optional.of(EVENT_DATE),
          Set.of());

  /**
   * Custom events by rule. {@code events} and {@code value} are credited shares, {@code persons}
   * people by their first such event; the {@code lift_} columns count every event of an exposed
   * person, once per template. Rows with arm {@code none} hold the events that no touch explains.
   * Rows of kind {@code metric} are of a custom metric: {@code rule_id} is its id, and {@code
   * metric_value} what it counts; they credit nothing. Never add values of two currencies.
   */
  public static final TableSpec DAILY_CUSTOM_METRICS =
      new TableSpec(
          Tables.DAILY_CUSTOM_METRICS,
          dimensions()
              .required(StringType, "kind", "rule_id")
              .required(IntegerType, "rule_version")
              .optional(StringType, "currency")
              .required(Columns.MONEY, "events", "value")
              .required(LongType, "persons", "lift_events")
              .required(Columns.MONEY, "lift_value")
              .required(LongType, "lift_persons")
              .optional(Columns.MONEY, "metric_value")
              .schema(),
          Optional.of(EVENT_DATE),
          Set.of());

  /** What a copy said, and from when to when; {@code valid_to} is null for what is served now. */
  public static final TableSpec COPIES =
      TableSpec.flat(
          Tables.COPIES,
          new Columns()
              .required(StringType, "org", "copy_id", "template_id", "key", "status")
              .required(DataTypes.BooleanType, "fallback")
              .required(TimestampType, "valid_from")
              .optional(TimestampType, "valid_to")
              .required(Columns.TEXTS, "vars")
              .schema());

  /**
   * How every template is judged, and from when to when. Lift is stratified by {@code stratum}: the
   * number, from 1, of a period in which the control share is constant.
   */
  public static final TableSpec EXPERIMENTS =
      TableSpec.flat(
          Tables.EXPERIMENTS,
          new Columns()
              .required(StringType, "org", "template_id")
              .required(IntegerType, "stratum")
              .required(TimestampType, "valid_from")
              .optional(TimestampType, "valid_to")
              .required(Columns.MONEY, "control_share")
              .required(StringType, "key_metric")
              .required(Columns.MONEY, "minimum_detectable_effect", "alpha")
              .required(LongType, "expected_units")
              .schema());

  private MetricsTables() {}

  private static Columns dimensions() {
    return new Columns()
        .required(StringType, "org")
        .optional(StringType, "template_id")
        .required(StringType, "copy_key", "arm")
        .optional(StringType, "reason", "action_id", "channel", "workspace")
        .optional(IntegerType, "message_no")
        .required(DateType, "send_date", EVENT_DATE);
  }
}
