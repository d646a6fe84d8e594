package dev.copyloop.jobs.hash;

import java.io.Serializable;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a set of rows contains, whatever their order and their files: the number of rows, and the
 * sum modulo 2^128 and the exclusive or of each row's SHA-256, cut to its first 128 bits.
 *
 * <p>Two hashes can be combined, so that each task hashes its own rows. Equal text means equal
 * content; the encoding's version is part of the text.
 */
public record ContentHash(long rows, long sumHigh, long sumLow, long xorHigh, long xorLow)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** The version of the row encoding and of the combination. */
  public static final int VERSION = 1;

  private static final Pattern TEXT =
      Pattern.compile(
          "v(\\d{1,9}):(\\d{1,18}):([0-9a-f]{16})([0-9a-f]{16}):([0-9a-f]{16})([0-9a-f]{16})");

  /** The hash of no row. */
  public static final ContentHash EMPTY = new ContentHash(0, 0, 0, 0, 0);

  /** The hash of both sets of rows together. */
  public ContentHash plus(ContentHash other) {
    long low = sumLow + other.sumLow;
    long carry = Long.compareUnsigned(low, sumLow) < 0 ? 1 : 0;
    return new ContentHash(
        rows + other.rows,
        sumHigh + other.sumHigh + carry,
        low,
        xorHigh ^ other.xorHigh,
        xorLow ^ other.xorLow);
  }

  /** The hash of these rows without others that are among them. */
  public ContentHash minus(ContentHash other) {
    long borrow = Long.compareUnsigned(sumLow, other.sumLow) < 0 ? 1 : 0;
    return new ContentHash(
        rows - other.rows,
        sumHigh - other.sumHigh - borrow,
        sumLow - other.sumLow,
        xorHigh ^ other.xorHigh,
        xorLow ^ other.xorLow);
  }

  /** The hash of several sets of rows together. */
  public static ContentHash sum(Collection<ContentHash> hashes) {
    return hashes.stream().reduce(EMPTY, ContentHash::plus);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is not such a text, or of another version
   */
  public static ContentHash parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) != VERSION) {
      throw new IllegalArgumentException(
          "Invalid content hash '%s': this release reads version %d".formatted(text, VERSION));
    }
    return new ContentHash(
        Long.parseLong(parts.group(2)),
        Long.parseUnsignedLong(parts.group(3), 16),
        Long.parseUnsignedLong(parts.group(4), 16),
        Long.parseUnsignedLong(parts.group(5), 16),
        Long.parseUnsignedLong(parts.group(6), 16));
  }

  /** The text that manifests carry: {@code v1:<rows>:<sum>:<xor>}, sum and xor in hex. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "v%d:%d:%s%s:%s%s"
        .formatted(
            VERSION,
            rows,
            hex.toHexDigits(sumHigh),
            hex.toHexDigits(sumLow),
            hex.toHexDigits(xorHigh),
            hex.toHexDigits(xorLow));
  }
}
