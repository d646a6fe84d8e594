package dev.copyloop.jobs.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of a run, part of paths and commits. */
final class RunId {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /** A new one: sorts by time, unique. */
  static String next() {
    return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  static String checked(String runId) {
    if (!VALID.matcher(runId).matches()) {
      throw JobException.usage(
          "Invalid run id '%s': expected up to 100 letters, digits, dots, hyphens and underscores"
              .formatted(runId));
    }
    return runId;
  }
}
