package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everything that requests are answered by, as of one version. Immutable. */
public record Snapshot(Settings settings, Map<String, CompiledOrg> orgs) {

  /**
   * Compiles settings, taking over from the snapshot before what did not change.
   *
   * @throws IllegalArgumentException naming what can't be compiled
   */
  public static Snapshot of(Settings settings, Credentials credentials, Optional<Snapshot> before) {
    Map<String, CompiledOrg> orgs = new HashMap<>();
    for (Org org : settings.orgs()) {
      Optional<CompiledOrg> orgBefore = before.map(snapshot -> snapshot.orgs().get(org.slug()));
      orgs.put(org.slug(), CompiledOrg.of(org, credentials, orgBefore));
    }
    return new Snapshot(settings, Map.copyOf(orgs));
  }

  /** The settings' version. */
  public long version() {
    return settings.version();
  }
}
