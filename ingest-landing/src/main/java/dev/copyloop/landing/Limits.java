package dev.copyloop.landing;

import dev.copyloop.events.config.DataSize;
import java.time.Duration;

/** What a setting must lie within; the message names its key. */
final class Limits {
  private Limits() {}

  static void requireAtLeast(String key, DataSize size, DataSize least) {
    if (size.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is below %s".formatted(key, size, least));
    }
  }

  static void requireAtMost(String key, DataSize size, DataSize most) {
    if (size.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is above %s".formatted(key, size, most));
    }
  }

  static void requirePositive(String key, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is not above 0".formatted(key, duration));
    }
  }

  static void requireNotNegative(String key, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is below 0".formatted(key, duration));
    }
  }
}
