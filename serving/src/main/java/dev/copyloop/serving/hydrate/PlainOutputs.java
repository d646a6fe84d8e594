package dev.copyloop.serving.hydrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text whose only Liquid is {@code {{ field }}} and {@code {{ field | default: 'text' }}}, as
 * most copy is: rendered without a context of Liquid's. Where a value is not a plain string, Liquid
 * itself must decide what is printed. Thread-safe.
 */
final class PlainOutputs {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String SPACE = "[ \\t]*";
  private static final String DEFAULT =
      "\\|" + SPACE + "default" + SPACE + ":" + SPACE + "(?:'([^']*)'|\"([^\"]*)\")" + SPACE;
  private static final Pattern OUTPUT =
      Pattern.compile(
          "\\{\\{"
              + SPACE
              + "("
              + NAME
              + "(?:\\."
              + NAME
              + ")*)"
              + SPACE
              + "(?:"
              + DEFAULT
              + ")?\\}\\}");

  /** What looks like Liquid, and is left after the outputs were taken out. */
  private static final Pattern OTHER = Pattern.compile("\\{\\{|\\{%|\\}\\}|%\\}");

  /** Names that Liquid understands otherwise. */
  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "nil",
          "null",
          "empty",
          "blank",
          "and",
          "or",
          "contains",
          "in",
          "size",
          "first",
          "last");

  private final List<Output> outputs;
  private final String rest;
  private final int length;

  /**
   * @param before the text in front of it
   * @param otherwise what is printed for an absent value
   */
  private record Output(String before, List<String> path, Optional<String> otherwise) {}

  private PlainOutputs(List<Output> outputs, String rest, int length) {
    this.outputs = outputs;
    this.rest = rest;
    this.length = length;
  }

  /** The text taken apart; empty if there is other Liquid in it. */
  static Optional<PlainOutputs> of(String source) {
    List<Output> outputs = new ArrayList<>();
    Matcher output = OUTPUT.matcher(source);
    int end = 0;
    while (output.find()) {
      List<String> path = List.of(output.group(1).split("\\.", -1));
      if (path.stream().anyMatch(name -> WORDS.contains(name.toLowerCase(Locale.ROOT)))) {
        return Optional.empty();
      }
      String otherwise = output.group(2) == null ? output.group(3) : output.group(2);
      outputs.add(
          new Output(source.substring(end, output.start()), path, Optional.ofNullable(otherwise)));
      end = output.end();
    }
    return OTHER.matcher(OUTPUT.matcher(source).replaceAll("")).find()
        ? Optional.empty()
        : Optional.of(new PlainOutputs(outputs, source.substring(end), source.length()));
  }

  /** The string for these fields; null if a value is one that Liquid must print. */
  String render(Fields fields) {
    StringBuilder text = new StringBuilder(length + 16 * outputs.size());
    for (Output output : outputs) {
      String value = printed(output, fields);
      if (value == null) {
        return null;
      }
      text.append(output.before()).append(value);
    }
    text.append(rest);
    return text.length() > LiquidLanguage.MAX_OUTPUT ? null : text.toString();
  }

  private static String printed(Output output, Fields fields) {
    Object value = fields.values();
    for (String name : output.path()) {
      if (value == null) {
        break;
      }
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(name);
    }
    if (value == null) {
      return output.otherwise().orElse("");
    }
    return value instanceof String text && !text.isBlank() ? text : null;
  }
}
