package dev.copyloop.jobs.attribute.row;

import org.apache.spark.unsafe.types.UTF8String;

/**
 * Decodes the texts of rows that come one after the other: most columns say what they said in the
 * row before, and to compare a text costs less than to decode it. Not thread-safe.
 */
final class RecentTexts {

  private final UTF8String[] encoded;
  private final String[] decoded;

  RecentTexts(int columns) {
    this.encoded = new UTF8String[columns];
    this.decoded = new String[columns];
  }

  /** The text that a column holds now. */
  String decoded(int column, UTF8String text) {
    if (!text.equals(encoded[column])) {
      // The row's bytes are only valid until the next row.
      encoded[column] = text.clone();
      decoded[column] = encoded[column].toString();
    }
    return decoded[column];
  }
}
