package dev.copyloop.serving.generate;

/** Text that UTF-8 can carry: an unpaired surrogate, which JSON can escape, is replaced. */
final class WellFormed {
  private WellFormed() {}

  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(replaced::appendCodePoint);
    return replaced.toString();
  }
}
