package dev.copyloop.serving.decide;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A half-open range of numbers.
 *
 * @param from inclusive
 * @param to exclusive
 */
record NumberRange(double from, double to) {

  /** Reads {@code {"from":n,"to":n}}. */
  static NumberRange of(JsonNode node, String at) {
    if (!node.isObject()) {
      throw new InvalidFilterException(at, "expected an object with from, to or both");
    }
    for (var member : node.properties()) {
      boolean known = "from".equals(member.getKey()) || "to".equals(member.getKey());
      if (!known || !member.getValue().isNumber()) {
        throw new InvalidFilterException(at, "expected only from and to, both numbers");
      }
    }
    if (node.isEmpty()) {
      throw new InvalidFilterException(at, "expected from, to or both");
    }
    double from = node.has("from") ? node.get("from").asDouble() : Double.NEGATIVE_INFINITY;
    double to = node.has("to") ? node.get("to").asDouble() : Double.POSITIVE_INFINITY;
    if (!(from < to)) {
      throw new InvalidFilterException(at, "from is not below to: nothing is in it");
    }
    return new NumberRange(from, to);
  }

  /** Whether the text is a number in the range; false for null and anything that is no number. */
  boolean contains(String text) {
    if (text == null || !looksNumeric(text)) {
      return false;
    }
    try {
      double value = Double.parseDouble(text);
      return value >= from && value < to;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Keeps what Java takes for a number and JSON does not (NaN, 1f, 0x1p3) out. */
  private static boolean looksNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
