package dev.copyloop.events.custom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.DecimalSize;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonText;
import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@link CustomEvent} from a sender's item: {@code id}, {@code user_id}, {@code name}, {@code
 * timestamp}, {@code properties}, or their aliases {@code event_id}, {@code event_name}, {@code
 * event_timestamp}; or an item shaped like a Customer.io webhook, where {@code metric} is the name
 * and {@code data} holds the rest. {@code value} and {@code currency}, {@code copy_id} and {@code
 * tracking_id} may stand at the top or among the properties. Thread-safe.
 */
public final class CustomEventJson {
  private CustomEventJson() {}

  /**
   * Reads an item.
   *
   * @throws InvalidEventException if it is not a JSON object, has no name or no timestamp, or an
   *     amount that is not a number of at most 14 digits
   */
  public static CustomEvent read(byte[] utf8) throws IOException {
    ItemMembers top;
    try (JsonParser json = Json.factory().createParser(utf8)) {
      json.nextToken();
      top = members(json);
      if (json.nextToken() != null) {
        throw new InvalidEventException(QuarantineReason.NOT_JSON, "Text after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new InvalidEventException(
          QuarantineReason.NOT_JSON, "Not JSON: " + JsonText.problem(e), e);
    }
    return event(top);
  }

  /**
   * Reads the item at whose first token the parser stands.
   *
   * @throws IOException as {@link #read(byte[])}
   */
  public static CustomEvent read(JsonParser json) throws IOException {
    return event(members(json));
  }

  private static ItemMembers members(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidEventException(QuarantineReason.INVALID_MEMBER, "Not a JSON object");
    }
    return ItemMembers.read(json);
  }

  private static CustomEvent event(ItemMembers top) throws IOException {
    ItemMembers data = top.takeObject("data");
    ItemMembers identifiers = data.takeObject("identifiers");
    Optional<String> text = top.objectText("properties").or(() -> data.objectText("properties"));
    ItemMembers properties =
        text.isPresent() ? ItemMembers.ofObject(text.get()) : ItemMembers.none();
    top.drop("properties");
    data.drop("properties");

    Lookup lookup = new Lookup(top, data, properties);
    Optional<String> eventId = lookup.take("id", "event_id");
    Optional<String> userId =
        lookup.take("user_id").or(() -> identifiers.take("id")).or(() -> data.take("customer_id"));
    String name = required(lookup.take("name", "event_name", "metric"), "name");
    String timestamp = required(lookup.take("timestamp", "event_timestamp"), "timestamp");
    Optional<String> currency =
        lookup.takeOrPeek("currency").map(each -> each.strip().toUpperCase(Locale.ROOT));
    return new CustomEvent(
        eventId,
        userId,
        name,
        timestamp,
        text,
        value(lookup, currency),
        currency,
        lookup.takeOrPeek("copy_id").map(each -> each.toLowerCase(Locale.ROOT)),
        lookup.takeOrPeek("tracking_id").or(() -> data.take("journey_id")),
        extra(top, data, identifiers));
  }

  private static String required(Optional<String> text, String name) throws InvalidEventException {
    return text.orElseThrow(
        () -> new InvalidEventException(QuarantineReason.MISSING_MEMBER, name + " is missing"));
  }

  /**
   * The amount. A property that happens to be called value is no amount unless it is a number or a
   * currency stands beside it.
   */
  private static Optional<BigDecimal> value(Lookup lookup, Optional<String> currency)
      throws InvalidEventException {
    Optional<String> given = lookup.take("value");
    Optional<String> text = given.or(() -> lookup.peekProperty("value"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(amount(text.get()));
    } catch (NumberFormatException e) {
      if (given.isEmpty() && currency.isEmpty()) {
        return Optional.empty();
      }
      throw new InvalidEventException(
          QuarantineReason.INVALID_MEMBER, "Value is not a decimal of up to 14 digits", e);
    }
  }

  private static BigDecimal amount(String text) {
    BigDecimal value = new BigDecimal(text.strip());
    // Before any arithmetic: 1e999999999 would be written out digit by digit.
    if (DecimalSize.integerDigits(value) > CustomEvent.VALUE_INTEGER_DIGITS
        || value.scale() > 1000) {
      throw new NumberFormatException("out of range");
    }
    BigDecimal rounded = value.setScale(CustomEvent.VALUE_SCALE, RoundingMode.HALF_EVEN);
    if (DecimalSize.integerDigits(rounded) > CustomEvent.VALUE_INTEGER_DIGITS) {
      throw new NumberFormatException("out of range");
    }
    return rounded;
  }

  private static Optional<String> extra(
      ItemMembers top, ItemMembers data, ItemMembers identifiers) {
    identifiers.rest().forEach((name, value) -> data.keep("identifiers." + name, value));
    if (!data.rest().isEmpty()) {
      top.keep("data", JsonText.object(data.rest()));
    }
    return top.rest().isEmpty() ? Optional.empty() : Optional.of(JsonText.object(top.rest()));
  }

  /** Looks a member up at the item's top, then in its data; some also among the properties. */
  private record Lookup(ItemMembers top, ItemMembers data, ItemMembers properties) {

    Optional<String> take(String... names) {
      Optional<String> found = Optional.empty();
      for (ItemMembers place : List.of(top, data)) {
        for (String name : names) {
          if (found.isEmpty()) {
            found = place.take(name);
          }
        }
      }
      return found;
    }

    Optional<String> takeOrPeek(String name) {
      return take(name).or(() -> peekProperty(name));
    }

    Optional<String> peekProperty(String name) {
      return properties.peek(name);
    }
  }
}
