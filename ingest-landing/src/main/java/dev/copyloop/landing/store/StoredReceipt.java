package dev.copyloop.landing.store;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What lies beside a segment once all its objects are in the store.
 *
 * @param objects the digest of the object of each source the segment has lines of
 */
record StoredReceipt(Instant storedAt, Map<Source, ObjectDigest> objects) {
  private static final String END = "end\n";

  /** Lines {@code stored <time>}, {@code <source> <sha256> <lines>} each, and {@code end}. */
  String text() {
    StringBuilder text = new StringBuilder("stored ").append(storedAt).append('\n');
    new EnumMap<>(objects)
        .forEach(
            (source, digest) ->
                text.append(source.label())
                    .append(' ')
                    .append(digest.sha256())
                    .append(' ')
                    .append(digest.lines())
                    .append('\n'));
    return text.append(END).toString();
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static StoredReceipt parse(String text) {
    if (!text.endsWith(END)) {
      throw new IllegalArgumentException("not a whole receipt");
    }
    try {
      String[] lines = text.split("\n", -1);
      Map<Source, ObjectDigest> objects = new EnumMap<>(Source.class);
      for (int i = 1; i < lines.length - 2; i++) {
        String[] parts = lines[i].split(" ", -1);
        objects.put(
            Source.of(parts[0]),
            new ObjectDigest(parts[1], Long.parseLong(parts[2]), LandingLine.SCHEMA_VERSION));
      }
      return new StoredReceipt(Instant.parse(lines[0].substring("stored ".length())), objects);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a receipt", e);
    }
  }
}
