package dev.copyloop.jobs.attribute.settings;

import dev.copyloop.events.settings.UserKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One identifier of a person: its kind and its value as it is compared.
 *
 * @param value never blank; an e-mail address in lower case
 */
public record Identifier(UserKey kind, String value) implements Comparable<Identifier> {

  private static final Comparator<Identifier> ORDER =
      Comparator.comparing(Identifier::kind).thenComparing(Identifier::value);

  private static final Map<String, UserKey> KINDS =
      Arrays.stream(UserKey.values())
          .collect(Collectors.toUnmodifiableMap(UserKey::label, kind -> kind));

  /** The identifier of that kind; null if the value is absent or blank. */
  public static Identifier of(UserKey kind, String value) {
    String normalized = PersonKey.normalized(kind, value);
    return normalized == null ? null : new Identifier(kind, normalized);
  }

  /** Reads what {@link #text} wrote. */
  public static Identifier parse(String text) {
    int colon = text.indexOf(':');
    return new Identifier(KINDS.get(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** Kind and value, such as {@code email:ann@example.com}. */
  public String text() {
    return kind.label() + ":" + value;
  }

  /** An e-mail address may pass from one person to another; the other kinds don't. */
  public boolean isAddress() {
    return kind == UserKey.EMAIL;
  }

  @Override
  public int compareTo(Identifier other) {
    return ORDER.compare(this, other);
  }
}
