package dev.copyloop.landing.spool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a spool was opened.
 *
 * @param number 0 before the first time
 * @param receivedMillis nothing is received before this time, epoch milliseconds
 */
public record SpoolEpoch(long number, long receivedMillis) {
  static final SpoolEpoch NONE = new SpoolEpoch(0, 0);
  private static final Pattern TEXT = Pattern.compile("epoch=(\\d{1,8})\nreceived=(\\d{1,15})\n");

  SpoolEpoch next(long receivedMillisOrEarlier) {
    return new SpoolEpoch(number + 1, Math.max(receivedMillis, receivedMillisOrEarlier));
  }

  String text() {
    return "epoch=%d%nreceived=%d%n".formatted(number, receivedMillis).replace("\r", "");
  }

  static SpoolEpoch parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not an epoch");
    }
    return new SpoolEpoch(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
  }
}
