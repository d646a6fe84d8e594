package dev.copyloop.serving.generate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/**
 * Reads a query by the rules for {@code application/x-www-form-urlencoded} (WHATWG URL standard,
 * section 5.1). They take every text: a percent sign without two hex digits stands for itself, and
 * a semicolon too, since Liquid writes values as they are when nobody asks it to encode them.
 */
final class FormText {
  private FormText() {}

  /**
   * Hands over the names and values, in their order.
   *
   * @param query as it stands in the request line, each character one of its bytes
   */
  static void read(String query, BiConsumer<String, String> pairs) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.accept(decoded(name), decoded(value));
    }
  }

  private static String decoded(String text) {
    byte[] raw = text.getBytes(ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (isEscape(raw, i)) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return bytes.toString(UTF_8);
  }

  private static boolean isEscape(byte[] raw, int at) {
    return raw[at] == '%'
        && at + 2 < raw.length
        && HexFormat.isHexDigit(raw[at + 1])
        && HexFormat.isHexDigit(raw[at + 2]);
  }
}
