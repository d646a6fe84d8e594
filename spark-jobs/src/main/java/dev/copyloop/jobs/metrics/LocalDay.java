package dev.copyloop.jobs.metrics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The day of a time in a time zone: epoch days of epoch microseconds. Spark converts each time to
 * local time and back, by several objects, before it asks for the day.
 */
final class LocalDay implements UDF1<Long, Integer> {
  private static final long serialVersionUID = 1L;

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400;

  private final ZoneRules rules;

  LocalDay(ZoneId zone) {
    this.rules = zone.getRules();
  }

  @Override
  public Integer call(Long micros) {
    if (micros == null) {
      return null;
    }
    long second = Math.floorDiv(micros, SECOND);
    int offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    return (int) Math.floorDiv(second + offset, DAY);
  }
}
