package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.lake.EventsTable;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row of {@code events}, spelled column by column. */
public final class SampleEvent {

  private final Map<String, Object> columns = new HashMap<>();

  private SampleEvent(String source, String eventId, Instant at) {
    columns.put("date", Date.valueOf(at.atZone(ZoneOffset.UTC).toLocalDate()));
    columns.put("org", "acme");
    columns.put("source", source);
    columns.put("event_id", eventId);
    columns.put("occurred_at", Timestamp.from(at));
    columns.put("received_at", Timestamp.from(at.plusSeconds(30)));
    columns.put("verification", "verified");
    columns.put("landing_object", "landing/test");
    columns.put("landing_line", 1);
    columns.put("body_sha256", "0");
    columns.put("batch_id", "batch");
  }

  /** One of Customer.io's events on an email of campaign 1 in workspace production. */
  public static SampleEvent email(String delivery, String metric, Instant at) {
    return new SampleEvent("cio", delivery + "-" + metric + "-" + at, at)
        .with("object_type", "email")
        .with("metric", metric)
        .with("delivery_id", delivery)
        .with("workspace", "production")
        .with("campaign_id", "1");
  }

  /** One of the client's own events. */
  public static SampleEvent own(String eventId, String name, String user, Instant at) {
    return new SampleEvent("events", eventId, at).with("event_name", name).with("user_id", user);
  }

  /** A person's unsubscribing, by no message. */
  public static SampleEvent unsubscribed(String eventId, Instant at) {
    return new SampleEvent("cio", eventId, at)
        .with("object_type", "customer")
        .with("metric", "unsubscribed")
        .with("workspace", "production");
  }

  public SampleEvent with(String column, Object value) {
    columns.put(column, value);
    return this;
  }

  public SampleEvent journey(String journey, String action, String person) {
    return with("journey_id", journey).with("action_id", action).with("person_id", person);
  }

  public SampleEvent worth(String value, String currency) {
    return with("value", new BigDecimal(value).setScale(6)).with("currency", currency);
  }

  /** A column's value; null if it was not set. */
  public Object get(String column) {
    return columns.get(column);
  }

  public Row row() {
    return RowFactory.create(
        Arrays.stream(EventsTable.SPEC.schema().fieldNames()).map(columns::get).toArray());
  }
}
