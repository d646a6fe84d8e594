package dev.copyloop.events.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decides whether bytes can stand verbatim in a landing line: one JSON value (RFC 8259) in
 * well-formed UTF-8 (Unicode 15, table 3-7), at most {@link Json#MAX_DEPTH} deep, without CR, LF or
 * a byte order mark, and within the limits of {@link Json#factory}.
 *
 * <p>One walk over the bytes; nothing is allocated but the member asked for. Thread-safe.
 */
public final class StrictJson {
  private static final int MAX_NUMBER_LENGTH = 1_000;
  private static final int MAX_NAME_LENGTH = 50_000;
  private static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;

  private final byte[] in;
  private final byte[] wanted;
  private int at;
  private String found;

  private StrictJson(byte[] in, byte[] wanted) {
    this.in = in;
    this.wanted = wanted;
  }

  /**
   * What a walk found.
   *
   * @param strict whether the bytes are such a value
   * @param member the top-level member asked for: a string's text, or a number as it was written;
   *     the last of several; empty if it is absent, of another type, not well-formed Unicode, or
   *     the bytes are not strict
   */
  public record Scan(boolean strict, Optional<String> member) {
    private static final Scan REFUSED = new Scan(false, Optional.empty());
  }

  /** Whether the bytes are one such value. */
  public static boolean accepts(byte[] body) {
    return new StrictJson(body, null).document();
  }

  /** The same, and in the same walk the value of one member of the outermost object. */
  public static Scan scan(byte[] body, String member) {
    StrictJson walk = new StrictJson(body, member.getBytes(StandardCharsets.UTF_8));
    return walk.document() ? new Scan(true, Optional.ofNullable(walk.found)) : Scan.REFUSED;
  }

  private boolean document() {
    skipSpace();
    if (!value(0)) {
      return false;
    }
    skipSpace();
    return at == in.length;
  }

  /** Walks over a value that lies in {@code depth} containers. */
  private boolean value(int depth) {
    if (at == in.length) {
      return false;
    }
    return switch (in[at]) {
      case '{' -> depth < Json.MAX_DEPTH && object(depth + 1);
      case '[' -> depth < Json.MAX_DEPTH && array(depth + 1);
      case '"' -> string(MAX_STRING_LENGTH);
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean object(int depth) {
    at++;
    skipSpace();
    if (take('}')) {
      return true;
    }
    do {
      skipSpace();
      if (!member(depth)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take('}');
  }

  private boolean member(int depth) {
    int name = at;
    if (at == in.length || in[at] != '"' || !string(MAX_NAME_LENGTH)) {
      return false;
    }
    boolean isWanted = depth == 1 && wanted != null && ScalarText.is(wanted, in, name, at);
    skipSpace();
    if (!take(':')) {
      return false;
    }
    skipSpace();
    int start = at;
    if (!value(depth)) {
      return false;
    }
    if (isWanted) {
      found = ScalarText.of(in, start, at);
    }
    return true;
  }

  private boolean array(int depth) {
    at++;
    skipSpace();
    if (take(']')) {
      return true;
    }
    do {
      skipSpace();
      if (!value(depth)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take(']');
  }

  private boolean literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == in.length || in[at] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    int start = at;
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      if (!digits()) {
        return false;
      }
    }
    return at - start <= MAX_NUMBER_LENGTH;
  }

  private boolean digits() {
    int start = at;
    while (at < in.length && in[at] >= '0' && in[at] <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean string(int maxLength) {
    int start = ++at;
    while (at < in.length) {
      byte b = in[at];
      if (b == '"') {
        at++;
        return at - 1 - start <= maxLength;
      }
      if (b == '\\' ? !escape() : b < ' ' ? !multiByte() : !advance()) {
        return false;
      }
    }
    return false;
  }

  private boolean advance() {
    at++;
    return true;
  }

  private boolean escape() {
    at++;
    if (at == in.length) {
      return false;
    }
    return switch (in[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> hexadecimal(at + 4);
      default -> false;
    };
  }

  private boolean hexadecimal(int end) {
    while (at < end) {
      if (at == in.length || Character.digit(in[at], 16) < 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  /** Walks over one character of two to four bytes; refuses control characters. */
  private boolean multiByte() {
    int lead = in[at++] & 0xFF;
    if (lead < 0xC2) {
      return false;
    }
    if (lead < 0xE0) {
      return continuation(0x80, 0xBF);
    }
    if (lead < 0xF0) {
      int low = lead == 0xE0 ? 0xA0 : 0x80;
      int high = lead == 0xED ? 0x9F : 0xBF;
      return continuation(low, high) && continuation(0x80, 0xBF);
    }
    int low = lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xF4 ? 0x8F : 0xBF;
    return lead <= 0xF4
        && continuation(low, high)
        && continuation(0x80, 0xBF)
        && continuation(0x80, 0xBF);
  }

  private boolean continuation(int low, int high) {
    if (at == in.length) {
      return false;
    }
    int b = in[at++] & 0xFF;
    return b >= low && b <= high;
  }

  private boolean take(char expected) {
    if (at < in.length && in[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < in.length && (in[at] == ' ' || in[at] == '\t')) {
      at++;
    }
  }
}
