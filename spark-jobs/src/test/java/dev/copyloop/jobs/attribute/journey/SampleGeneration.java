package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.lake.GenerationsTable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row of {@code generations}, spelled column by column. */
public final class SampleGeneration {

  private final Map<String, Object> columns = new HashMap<>();

  private SampleGeneration(String id, String copy, String journey, String user, Instant at) {
    columns.put("date", Date.valueOf(at.atZone(ZoneOffset.UTC).toLocalDate()));
    columns.put("org", "acme");
    columns.put("generation_id", id);
    columns.put("occurred_at", Timestamp.from(at));
    columns.put("decided_at", Timestamp.from(at));
    columns.put("received_at", Timestamp.from(at));
    columns.put("calls", 1);
    columns.put("call_ids", new String[] {id});
    columns.put("call_lines", new String[] {"landing/test#1"});
    columns.put("user_id", user);
    columns.put("tracking_id", journey);
    columns.put("template_id", "welcome");
    columns.put("workspace", "production");
    columns.put("campaign_id", "1");
    columns.put("arm", "treatment");
    columns.put("copy_id", copy);
    columns.put("vars", Map.of("subject", "Hello", "body", "…"));
    columns.put("attrs", Map.of("plan", "pro"));
    columns.put("propensity", 0.5);
    columns.put("policy_version", "uniform");
    columns.put("draw", "hash");
    columns.put("forced", false);
    columns.put("test", false);
    columns.put("replayed", false);
    columns.put("landing_object", "landing/test");
    columns.put("landing_line", 1);
    columns.put("body_sha256", "0");
    columns.put("batch_id", "batch");
  }

  /** An answered call for the template welcome, whose id is made of journey, user and time. */
  public static SampleGeneration of(String copy, String journey, String user, Instant at) {
    return new SampleGeneration("g-" + journey + "-" + user + "-" + at, copy, journey, user, at);
  }

  public SampleGeneration with(String column, Object value) {
    columns.put(column, value);
    return this;
  }

  /** A column's value; null if it was not set. */
  public Object get(String column) {
    return columns.get(column);
  }

  public Row row() {
    return RowFactory.create(
        Arrays.stream(GenerationsTable.SPEC.schema().fieldNames()).map(columns::get).toArray());
  }
}
