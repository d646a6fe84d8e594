package dev.copyloop.events.settings;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What happened to the messages themselves, as the ESP reports it, as the source of a custom
 * metric.
 *
 * @param kind the engagements it is made of
 */
public record Engagements(Kind kind) implements CustomMetric.Source {
  private static final Set<Property> LINKS =
      EnumSet.of(Property.HREF, Property.HREF_HOST, Property.HREF_PATH);

  /** An engagement; the names are Customer.io's metrics. */
  public enum Kind {
    DELIVERED,
    OPENED,
    CLICKED,
    CONVERTED,
    UNSUBSCRIBED,
    REPLIED,
    SPAMMED,
    BOUNCED,
    DEFERRED,
    DROPPED,
    FAILED,
    UNDELIVERABLE;

    /** The lower-case name used in settings, equal to Customer.io's {@code metric}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a metric can ask of such engagements. */
    private List<Property> properties() {
      return switch (this) {
        case OPENED -> List.of(Property.HUMAN_CLASS);
        case CLICKED -> List.of(Property.values());
        default -> List.of();
      };
    }
  }

  /** What a metric can ask of an engagement. */
  public enum Property {
    /** The link's address, as it was reported. */
    HREF,
    /** The host of the link's address, lower-case, without a port. */
    HREF_HOST,
    /** The path of the link's address, from its slash, without query and fragment. */
    HREF_PATH,
    /** Customer.io's id of the link. */
    LINK_ID,
    /** Who did it: human, unknown or machine. */
    HUMAN_CLASS;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The property of that label, which must be one. */
    public static Property of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether any of these properties is of a link's address. */
  public static boolean asksForLinks(Set<String> properties) {
    return LINKS.stream().map(Property::label).anyMatch(properties::contains);
  }

  /**
   * Checks what a metric asks of them.
   *
   * @throws IllegalArgumentException saying what can't be asked, and what can
   */
  void check(Map<String, String> where, CustomMetric.Aggregate aggregate) {
    if (aggregate == CustomMetric.Aggregate.SUM) {
      throw new IllegalArgumentException(
          "aggregate must be count or unique: engagements have no value that could be summed");
    }
    List<String> known = kind.properties().stream().map(Property::label).toList();
    where.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            throw new IllegalArgumentException(
                "where.%s is nothing that %s can be asked for: %s"
                    .formatted(
                        name,
                        kind.label(),
                        known.isEmpty() ? "leave where out" : "name one of " + known));
          }
          checkValue(Property.of(name), value);
        });
  }

  private static void checkValue(Property property, String value) {
    boolean holds =
        switch (property) {
          case HREF, LINK_ID -> !value.isBlank();
          case HREF_HOST ->
              !value.isBlank()
                  && value.equals(value.toLowerCase(Locale.ROOT))
                  && value.chars().noneMatch(each -> "/:?#@".indexOf(each) >= 0);
          case HREF_PATH -> value.startsWith("/") && !value.contains("?") && !value.contains("#");
          case HUMAN_CLASS ->
              Arrays.stream(HumanClass.values()).anyMatch(each -> each.label().equals(value));
        };
    if (!holds) {
      throw new IllegalArgumentException(
          "where.%s must be %s, not '%s'".formatted(property.label(), expected(property), value));
    }
  }

  private static String expected(Property property) {
    return switch (property) {
      case HREF -> "the whole address of a link";
      case HREF_HOST -> "a lower-case host such as shop.example.com";
      case HREF_PATH -> "a path from its slash such as /pricing, without query and fragment";
      case LINK_ID -> "the id of a link";
      case HUMAN_CLASS -> "one of human, unknown and machine";
    };
  }
}
