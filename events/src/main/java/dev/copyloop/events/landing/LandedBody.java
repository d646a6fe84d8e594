package dev.copyloop.events.landing;

/**
 * The payload of a landed line, as the sender sent it.
 *
 * <p>The arrays are not copied: whoever hands one over does not change it afterwards.
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared and hashed by nobody; a copy per event would cost
public sealed interface LandedBody {

  /** The bytes that are kept: all of them, or the first ones of a {@link Truncated} body. */
  byte[] bytes();

  /** One strict UTF-8 JSON value of depth 32 or less without CR or LF: written verbatim. */
  record Json(byte[] bytes) implements LandedBody {}

  /** Anything else: written as base64. */
  record Raw(byte[] bytes) implements LandedBody {}

  /**
   * The first bytes of a body over the limit.
   *
   * @param length the whole body's length in bytes
   * @param sha256 the whole body's SHA-256, lower-case hex
   */
  record Truncated(byte[] bytes, long length, String sha256) implements LandedBody {}
}
