package dev.copyloop.serving.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.copyloop.events.json.DecimalSize;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.http.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A JSON object that an operator sent, read member by member with errors that name the member. */
final class AdminBody {
  static final AdminBody NONE = new AdminBody(MissingNode.getInstance());

  private static final int MAX_TEXT = 200;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** Digits behind the point, and before it: what is written out must stay small. */
  private static final int MAX_SCALE = 20;

  private final JsonNode node;

  private AdminBody(JsonNode node) {
    this.node = node;
  }

  static AdminBody parse(byte[] body) {
    try {
      JsonNode node = Json.mapper().readTree(body);
      if (node == null || !node.isObject()) {
        throw ProblemException.invalid("Send one JSON object");
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.toString())) {
        throw ProblemException.invalid("A text has half of a surrogate pair: no UTF-8 can hold it");
      }
      return new AdminBody(node);
    } catch (JsonProcessingException e) {
      throw ProblemException.invalid("The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ProblemException.invalid("The body is not JSON");
    }
  }

  /** A nested object. */
  static AdminBody of(JsonNode object) {
    return new AdminBody(object);
  }

  /** Refuses members that nobody reads: most often a misspelled one. */
  void only(String... names) {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(Arrays.asList(names));
    if (!unknown.isEmpty()) {
      throw ProblemException.invalid(
          "Unknown members " + unknown + ": expected " + Arrays.toString(names));
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** A member as it is; empty if absent or null. */
  Optional<JsonNode> node(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  /** A text or number as text, not blank. */
  Optional<String> text(String name) {
    return node(name).map(value -> textOf(name, value));
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  private static String textOf(String name, JsonNode value) {
    boolean scalar = value.isTextual() || value.isNumber();
    String text = scalar ? value.asText().strip() : "";
    if (text.isEmpty() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
      throw ProblemException.invalid(name + " must be a text of 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  /** One of some lower-case words. */
  <E extends Enum<E>> Optional<E> label(String name, Class<E> type) {
    return text(name)
        .map(
            text -> {
              for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                  return constant;
                }
              }
              throw ProblemException.invalid(
                  name
                      + " must be one of "
                      + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
            });
  }

  <E extends Enum<E>> E requiredLabel(String name, Class<E> type) {
    return label(name, type).orElseThrow(() -> missing(name));
  }

  /** An array of texts or numbers, as texts; empty if absent. */
  List<String> texts(String name) {
    Optional<JsonNode> array = node(name);
    if (array.isEmpty()) {
      return List.of();
    }
    if (!array.get().isArray()) {
      throw ProblemException.invalid(name + " must be an array");
    }
    List<String> texts = new ArrayList<>();
    array.get().forEach(item -> texts.add(textOf(name + "[" + texts.size() + "]", item)));
    return texts;
  }

  Optional<Boolean> flag(String name) {
    return node(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw ProblemException.invalid(name + " must be true or false");
              }
              return value.asBoolean();
            });
  }

  /** A whole number from 1 to 2^31 - 1. */
  Optional<Integer> count(String name) {
    return node(name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
                throw ProblemException.invalid(name + " must be a whole number above 0");
              }
              return value.asInt();
            });
  }

  /** An ISO 8601 time with offset. */
  Optional<Instant> instant(String name) {
    return text(name).map(text -> instant(name, text));
  }

  static Instant instant(String name, String text) {
    try {
      Instant instant = Instant.parse(text);
      if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
        throw ProblemException.invalid(name + " must lie between the years 1970 and 9999");
      }
      return instant;
    } catch (DateTimeException e) {
      throw ProblemException.invalid(
          name + " must be a time such as 2026-11-03T00:00:00Z, not '" + text + "'");
    }
  }

  /** A decimal number of at most 20 digits before and behind the point. */
  Optional<BigDecimal> decimal(String name) {
    return text(name)
        .map(
            text -> {
              try {
                BigDecimal number = new BigDecimal(text);
                if (number.scale() <= MAX_SCALE && DecimalSize.integerDigits(number) <= MAX_SCALE) {
                  return number;
                }
              } catch (NumberFormatException e) {
                throw ProblemException.invalid(name + " must be a number");
              }
              throw ProblemException.invalid(
                  name + " must have at most " + MAX_SCALE + " digits before and behind its point");
            });
  }

  /** A decimal in [0, 1). */
  Optional<BigDecimal> share(String name) {
    Optional<BigDecimal> share = decimal(name);
    if (share.isPresent()
        && (share.get().signum() < 0 || share.get().compareTo(BigDecimal.ONE) >= 0)) {
      throw ProblemException.invalid(name + " must be at least 0 and below 1");
    }
    return share;
  }

  /** A variant's texts: variable name to Liquid. */
  Optional<Map<String, String>> vars(String name) {
    return node(name).map(value -> varsOf(name, value));
  }

  private static Map<String, String> varsOf(String name, JsonNode value) {
    if (!value.isObject() || value.isEmpty()) {
      throw ProblemException.invalid(
          name + " must be an object with at least one text, such as {\"subject\": \"…\"}");
    }
    Map<String, String> vars = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> text : value.properties()) {
      if (!Names.isVariable(text.getKey())) {
        throw ProblemException.invalid(
            name
                + ": the name '"
                + text.getKey()
                + "' must be letters, digits and underscores, since Liquid reads it");
      }
      if (!text.getValue().isTextual() || text.getValue().asText().indexOf('\0') >= 0) {
        throw ProblemException.invalid(name + "." + text.getKey() + " must be a text");
      }
      vars.put(text.getKey(), text.getValue().asText());
    }
    return vars;
  }

  static ProblemException missing(String name) {
    return ProblemException.invalid(name + " is missing");
  }
}
