package dev.copyloop.events.landing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a landing object: {@code landing/<source>/YYYY/MM/DD/HH/<writer>-<epoch>-<first
 * sequence>.ndjson.gz}.
 *
 * <p>All parts are fixed when the segment opens, so a retried upload meets its own key.
 *
 * @param hour start of the UTC hour in which its lines were received
 * @param writer the spool's identity
 * @param epoch how many times that spool was opened, from 1
 * @param firstSequence the sequence number of the first line of its segment, from 0 in each epoch;
 *     the objects of one segment, one per source, share it
 */
public record LandingKey(Source source, Instant hour, UUID writer, long epoch, long firstSequence) {

  /** Every landing object is below this prefix. */
  public static final String PREFIX = "landing/";

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern REVISION = Pattern.compile("\\.r([1-9]\\d{0,8})$");
  private static final Pattern KEY =
      Pattern.compile(
          "landing/([a-z]+)/(\\d{4})/(\\d{2})/(\\d{2})/(\\d{2})/"
              + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{8})-(\\d{14})\\.ndjson\\.gz");

  /** The object's key in the bucket. */
  public String key() {
    return prefix(source, hour)
        + String.format(Locale.ROOT, "%s-%08d-%014d.ndjson.gz", writer, epoch, firstSequence);
  }

  /**
   * The key of an object that replaces another, whose content must not be kept: {@code <key>.r1},
   * {@code <key>.r2} …
   *
   * @param revision from 1, one more with each replacement
   */
  public static String rewritten(String key, int revision) {
    return key + ".r" + revision;
  }

  /** The key that an object had when it landed; the key itself if it was never rewritten. */
  public static String original(String key) {
    return REVISION.matcher(key).replaceFirst("");
  }

  /** How often the object of a key was rewritten: 0 for the original. */
  public static int revision(String key) {
    Matcher revision = REVISION.matcher(key);
    return revision.find() ? Integer.parseInt(revision.group(1)) : 0;
  }

  /** The prefix of one source's objects of one hour, ending in a slash. */
  public static String prefix(Source source, Instant hour) {
    return PREFIX + source.label() + "/" + HOUR.format(hour) + "/";
  }

  /** Where a writer says through which time all it accepted is in object storage. */
  public static String writerMark(UUID writer) {
    return PREFIX + "_writers/" + writer + ".json";
  }

  /** The parts of a key; empty if it is not the name of a landing object. */
  public static Optional<LandingKey> parse(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LandingKey parsed =
          new LandingKey(
              Source.of(parts.group(1)),
              Instant.parse(
                  "%s-%s-%sT%s:00:00Z"
                      .formatted(parts.group(2), parts.group(3), parts.group(4), parts.group(5))),
              UUID.fromString(parts.group(6)),
              Long.parseLong(parts.group(7)),
              Long.parseLong(parts.group(8)));
      // Hour 24 is read as the next day's first, whose key is another.
      return Optional.of(parsed).filter(same -> same.key().equals(key));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
