package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.WrittenSettings;
import dev.copyloop.events.settings.WrittenSettings.WrittenOrg;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that requests are answered by, as of one version. Immutable.
 *
 * @param version the settings'
 */
public record Snapshot(long version, Map<String, CompiledOrg> orgs) {

  /**
   * Compiles settings, taking over from the snapshot before what did not change.
   *
   * @throws IllegalArgumentException naming what can't be compiled
   */
  public static Snapshot of(
      WrittenSettings settings, Credentials credentials, Optional<Snapshot> before) {
    Map<String, CompiledOrg> orgs = new HashMap<>();
    for (WrittenOrg org : settings.orgs()) {
      String slug = org.org().slug();
      Optional<CompiledOrg> orgBefore = before.map(snapshot -> snapshot.orgs().get(slug));
      orgs.put(slug, CompiledOrg.of(org, credentials, orgBefore));
    }
    return new Snapshot(settings.version(), Map.copyOf(orgs));
  }
}
