package dev.copyloop.serving.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The people whose generations are tests. Immutable. */
public final class InternalRecipients {
  private final Set<String> userIds;
  private final Set<String> emails = new HashSet<>();

  InternalRecipients(List<String> entries) {
    this.userIds = Set.copyOf(entries);
    entries.stream()
        .filter(InternalRecipients::isEmail)
        .forEach(entry -> emails.add(entry.toLowerCase(Locale.ROOT)));
  }

  /** Whether it is one of them: a user id verbatim, an e-mail address in any case. */
  public boolean include(String userIdOrEmail) {
    return userIds.contains(userIdOrEmail)
        || (isEmail(userIdOrEmail) && emails.contains(userIdOrEmail.toLowerCase(Locale.ROOT)));
  }

  private static boolean isEmail(String entry) {
    return entry.indexOf('@') > 0;
  }
}
