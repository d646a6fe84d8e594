package dev.copyloop.jobs.inbox;

import java.util.Locale;
import java.util.Optional;

/** How a dropped file is written, as its name says. */
enum InboxFormat {
  NDJSON,
  CSV,
  PARQUET;

  private static final String GZIP = ".gz";

  /** The format of a file; empty if its name says none. */
  static Optional<InboxFormat> of(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    String plain = isCompressed(key) ? name.substring(0, name.length() - GZIP.length()) : name;
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
      case "csv" -> Optional.of(CSV);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }

  /** Whether the whole file is compressed by gzip. */
  static boolean isCompressed(String key) {
    return key.toLowerCase(Locale.ROOT).endsWith(GZIP);
  }
}
