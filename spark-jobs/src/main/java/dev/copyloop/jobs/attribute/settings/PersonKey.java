package dev.copyloop.jobs.attribute.settings;

import dev.copyloop.events.settings.UserKey;
import java.util.Locale;

/** How two identifiers of a person are compared. */
public final class PersonKey {

  private PersonKey() {}

  /** The identifier as it is compared; null if it is absent or blank. */
  public static String normalized(UserKey kind, String identifier) {
    if (identifier == null || identifier.isBlank()) {
      return null;
    }
    return kind == UserKey.EMAIL ? identifier.strip().toLowerCase(Locale.ROOT) : identifier;
  }
}
