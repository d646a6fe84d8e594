package dev.copyloop.jobs.attribute.settings;

import dev.copyloop.events.settings.UserKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * By which identifiers an org tells people apart.
 *
 * @param key in Customer.io's events and in calls of generate
 * @param eventKey in its own events
 */
public record PersonKeys(UserKey key, UserKey eventKey) {

  /** Whether the address a message went to is an identifier of its person. */
  public boolean usesAddresses() {
    return key == UserKey.EMAIL || eventKey == UserKey.EMAIL;
  }

  /** Whether an identifier is of the kind that is the org's key. */
  public boolean isKey(Identifier identifier) {
    return identifier.kind() == key;
  }

  /** The name of a person of whom only this identifier is known. */
  public String ownName(Identifier identifier) {
    return isKey(identifier) ? identifier.value() : identifier.text();
  }

  /** The identifier by which to look a person up; null if there is none. */
  public Identifier strongest(Collection<Identifier> identifiers) {
    for (UserKey kind : List.of(key, UserKey.CIO_ID, UserKey.ID, UserKey.EMAIL)) {
      for (Identifier each : identifiers) {
        if (each.kind() == kind) {
          return each;
        }
      }
    }
    return null;
  }

  /** What one event names its person by; blank ones are those of deleted people. */
  public static Set<Identifier> identifiers(
      String id, String customerId, String email, String cioId) {
    Set<Identifier> identifiers = new LinkedHashSet<>();
    Identifier own = Identifier.of(UserKey.ID, id);
    identifiers.add(own == null ? Identifier.of(UserKey.ID, customerId) : own);
    identifiers.add(Identifier.of(UserKey.EMAIL, email));
    identifiers.add(Identifier.of(UserKey.CIO_ID, cioId));
    identifiers.remove(null);
    return identifiers;
  }

  /** Several identifiers as sorted texts; none where a single one links nothing. */
  public static List<String> texts(Collection<Identifier> identifiers) {
    if (identifiers.size() < 2) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(identifiers.size());
    identifiers.forEach(each -> texts.add(each.text()));
    Collections.sort(texts);
    return texts;
  }
}
