package dev.copyloop.events.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The one way JSON is read and written, so that the serving tier and the batch agree on every
 * value: strict UTF-8, the last of duplicate keys wins, numbers keep their digits. Thread-safe.
 */
public final class Json {
  /** Deepest nesting of a payload that is taken as JSON. */
  public static final int MAX_DEPTH = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // The envelope's own object is one level around the payload.
                  .maxNestingDepth(MAX_DEPTH + 1)
                  .maxStringLength(16 * 1024 * 1024)
                  .build())
          .build();
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The shared factory of streaming parsers and generators. */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /** The shared tree mapper: floats as {@code BigDecimal}, trailing text refused. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The text with U+FFFD for each half of a surrogate pair, which UTF-8 has no form for. */
  public static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
