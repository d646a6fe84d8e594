package dev.copyloop.jobs.metrics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The day of a time in a time zone: epoch days of epoch microseconds. Spark converts each time to
 * local time and back, by several objects, before it asks for the day, and Java looks for the rules
 * of its year. So the times at which the offset changes are listed beforehand. Thread-safe.
 */
final class LocalDay implements UDF1<Long, Integer> {
  private static final long serialVersionUID = 1L;

  private static final long SECOND = 1_000_000;
  private static final int DAY = 86_400;

  private static final long LISTED_FROM = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long LISTED_UNTIL = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

  private final ZoneRules rules;

  /** The second from which each offset holds, and at the end until when the last one does. */
  private final long[] starts;

  private final int[] offsets;

  /** Which of the offsets held last, of whichever thread: most times are near each other. */
  private int recent;

  LocalDay(ZoneId zone) {
    this.rules = zone.getRules();
    List<Long> changes = new ArrayList<>(List.of(LISTED_FROM));
    ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(LISTED_FROM));
    while (change != null && change.toEpochSecond() < LISTED_UNTIL) {
      changes.add(change.toEpochSecond());
      change = rules.nextTransition(change.getInstant());
    }
    this.offsets = changes.stream().mapToInt(this::offset).toArray();
    changes.add(LISTED_UNTIL);
    this.starts = changes.stream().mapToLong(Long::longValue).toArray();
  }

  private int offset(long second) {
    return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
  }

  @Override
  public Integer call(Long micros) {
    if (micros == null) {
      return null;
    }
    long second = Math.floorDiv(micros, SECOND);
    boolean isListed = second >= LISTED_FROM && second < LISTED_UNTIL;
    int offset = isListed ? listedOffset(second) : offset(second);
    return (int) Math.floorDiv(second + offset, DAY);
  }

  private int listedOffset(long second) {
    int place = recent;
    if (second < starts[place] || second >= starts[place + 1]) {
      int found = Arrays.binarySearch(starts, second);
      place = found >= 0 ? found : -found - 2;
      recent = place;
    }
    return offsets[place];
  }
}
