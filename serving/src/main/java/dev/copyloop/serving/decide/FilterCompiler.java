package dev.copyloop.serving.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Compiles a variant's filter from JSON to closures.
 *
 * <p>A predicate is {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}}, or {@code
 * {"attr":NAME, TEST}} where TEST is one of {@code "eq":value}, {@code "in":[value,…]}, {@code
 * "prefix":text}, {@code "range":{"from":n,"to":n}} (from inclusive, to exclusive, either may be
 * left out) and {@code "exists":true|false}. Text is compared in lower case. An absent attribute
 * passes {@code "exists":false} only.
 */
public final class FilterCompiler {
  private static final int MAX_DEPTH = 16;

  private FilterCompiler() {}

  /**
   * Compiles a filter.
   *
   * @throws InvalidFilterException if it is not one
   */
  public static AttributeFilter compile(JsonNode filter) {
    return predicate(filter, "", 0);
  }

  private static AttributeFilter predicate(JsonNode node, String at, int depth) {
    if (!node.isObject() || node.isEmpty()) {
      throw new InvalidFilterException(
          at, "expected an object with all, any, not or attr, not " + node.getNodeType());
    }
    if (depth == MAX_DEPTH) {
      throw new InvalidFilterException(at, "nested deeper than " + MAX_DEPTH);
    }
    if (node.has("attr")) {
      return test(node, at);
    }
    String name = onlyMember(node, at);
    JsonNode operand = node.get(name);
    return switch (name) {
      case "all" -> all(predicates(operand, at + "/all", depth));
      case "any" -> any(predicates(operand, at + "/any", depth));
      case "not" -> not(predicate(operand, at + "/not", depth + 1));
      default ->
          throw new InvalidFilterException(
              at, "unknown predicate '" + name + "': expected all, any, not or attr");
    };
  }

  private static String onlyMember(JsonNode node, String at) {
    Iterator<String> names = node.fieldNames();
    String name = names.next();
    if (names.hasNext()) {
      throw new InvalidFilterException(at, "'" + name + "' stands alone in its object");
    }
    return name;
  }

  private static List<AttributeFilter> predicates(JsonNode node, String at, int depth) {
    if (!node.isArray() || node.isEmpty()) {
      throw new InvalidFilterException(at, "expected an array with at least one predicate");
    }
    List<AttributeFilter> filters = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      filters.add(predicate(node.get(i), at + "/" + i, depth + 1));
    }
    return List.copyOf(filters);
  }

  private static AttributeFilter all(List<AttributeFilter> parts) {
    return attributes -> {
      for (AttributeFilter part : parts) {
        if (!part.admits(attributes)) {
          return false;
        }
      }
      return true;
    };
  }

  private static AttributeFilter any(List<AttributeFilter> parts) {
    return attributes -> {
      for (AttributeFilter part : parts) {
        if (part.admits(attributes)) {
          return true;
        }
      }
      return false;
    };
  }

  private static AttributeFilter not(AttributeFilter part) {
    return attributes -> !part.admits(attributes);
  }

  private static AttributeFilter test(JsonNode node, String at) {
    JsonNode attr = node.get("attr");
    if (!attr.isTextual() || attr.asText().isBlank()) {
      throw new InvalidFilterException(at + "/attr", "expected an attribute's name");
    }
    if (node.size() != 2) {
      throw new InvalidFilterException(
          at, "expected exactly one of eq, in, prefix, range and exists beside attr");
    }
    String operator =
        node.properties().stream()
            .map(member -> member.getKey())
            .filter(name -> !"attr".equals(name))
            .findFirst()
            .orElseThrow();
    return test(attr.asText(), operator, node.get(operator), at + "/" + operator);
  }

  private static AttributeFilter test(String name, String operator, JsonNode operand, String at) {
    return switch (operator) {
      case "eq" -> equal(name, text(operand, at));
      case "in" -> in(name, texts(operand, at));
      case "prefix" -> prefix(name, text(operand, at));
      case "range" -> range(name, NumberRange.of(operand, at));
      case "exists" -> exists(name, operand, at);
      default ->
          throw new InvalidFilterException(
              at, "unknown test: expected eq, in, prefix, range or exists");
    };
  }

  private static AttributeFilter equal(String name, String value) {
    return attributes -> value.equals(attributes.get(name));
  }

  private static AttributeFilter in(String name, Set<String> values) {
    return attributes -> {
      String actual = attributes.get(name);
      return actual != null && values.contains(actual);
    };
  }

  private static AttributeFilter prefix(String name, String prefix) {
    return attributes -> {
      String actual = attributes.get(name);
      return actual != null && actual.startsWith(prefix);
    };
  }

  private static AttributeFilter range(String name, NumberRange range) {
    return attributes -> range.contains(attributes.get(name));
  }

  private static AttributeFilter exists(String name, JsonNode operand, String at) {
    if (!operand.isBoolean()) {
      throw new InvalidFilterException(at, "expected true or false");
    }
    boolean expected = operand.asBoolean();
    return attributes -> attributes.containsKey(name) == expected;
  }

  private static String text(JsonNode value, String at) {
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw new InvalidFilterException(at, "expected a text, number or boolean that is not blank");
    }
    return value.asText().toLowerCase(Locale.ROOT);
  }

  private static Set<String> texts(JsonNode values, String at) {
    if (!values.isArray() || values.isEmpty()) {
      throw new InvalidFilterException(at, "expected an array with at least one value");
    }
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      texts.add(text(values.get(i), at + "/" + i));
    }
    return Set.copyOf(texts);
  }
}
