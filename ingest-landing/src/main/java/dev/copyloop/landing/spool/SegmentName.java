package dev.copyloop.landing.spool;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a segment within its spool, fixed when it is opened, and the stem of its file
 * names: {@code <epoch>-<first sequence>-<hour>}. Ordered by time of opening.
 *
 * @param epoch which opening of the spool wrote it, from 1
 * @param firstSequence the number of its first line in that epoch, from 0
 * @param hour start of the UTC hour in which all its lines were received
 */
public record SegmentName(long epoch, long firstSequence, Instant hour)
    implements Comparable<SegmentName> {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMddHH", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern STEM = Pattern.compile("(\\d{8})-(\\d{14})-(\\d{10})");
  private static final Comparator<SegmentName> ORDER =
      Comparator.comparingLong(SegmentName::epoch).thenComparingLong(SegmentName::firstSequence);

  /** The stem of its file names. */
  public String stem() {
    return String.format(
        Locale.ROOT,
        "%08d-%014d-%s",
        epoch,
        firstSequence,
        HOUR.format(LocalDateTime.ofInstant(hour, ZoneOffset.UTC)));
  }

  /** The name of that stem; empty if it is none. */
  public static Optional<SegmentName> parse(String stem) {
    Matcher parts = STEM.matcher(stem);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SegmentName(
              Long.parseLong(parts.group(1)),
              Long.parseLong(parts.group(2)),
              LocalDateTime.parse(parts.group(3), HOUR).toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The key of the object that its lines of one source become. */
  public LandingKey objectKey(UUID writer, Source source) {
    return new LandingKey(source, hour, writer, epoch, firstSequence);
  }

  @Override
  public int compareTo(SegmentName other) {
    return ORDER.compare(this, other);
  }
}
