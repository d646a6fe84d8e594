package dev.copyloop.events.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a string or number says, as it stands in bytes of strict JSON: from its first byte,
 * inclusive, to its last, exclusive; a string with its quotes. Nothing is checked again.
 */
final class ScalarText {
  private ScalarText() {}

  /**
   * A string's text, or a number as it was written; null for any other value, and for a string that
   * is not well-formed Unicode.
   */
  static String of(byte[] json, int start, int end) {
    if (json[start] == '"') {
      String text = unescaped(raw(json, start, end));
      return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : null;
    }
    boolean number = json[start] == '-' || (json[start] >= '0' && json[start] <= '9');
    return number ? new String(json, start, end - start, StandardCharsets.US_ASCII) : null;
  }

  /**
   * Whether a string's text is the one that is wanted; nothing is allocated for one without
   * escapes.
   *
   * @param wanted UTF-8
   */
  static boolean is(byte[] wanted, byte[] json, int start, int end) {
    if (Arrays.equals(json, start + 1, end - 1, wanted, 0, wanted.length)) {
      return true;
    }
    return hasEscape(json, start, end)
        && Arrays.equals(unescaped(raw(json, start, end)).getBytes(StandardCharsets.UTF_8), wanted);
  }

  private static boolean hasEscape(byte[] json, int start, int end) {
    for (int i = start; i < end; i++) {
      if (json[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** What stands between a string's quotes. */
  private static String raw(byte[] json, int start, int end) {
    return new String(json, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  private static String unescaped(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = raw.charAt(++i);
      if (escaped == 'u') {
        text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        text.append(character(escaped));
      }
    }
    return text.toString();
  }

  private static char character(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
