package dev.copyloop.events.settings;

import java.util.List;
import java.util.Optional;

/**
 * Everything an operator has set, without secrets, as of one version: what serving decides by and
 * what the batch computes by. Immutable.
 *
 * @param version grows with every change, from 0
 */
public record Settings(long version, List<Org> orgs) {

  public Settings {
    orgs = List.copyOf(orgs);
  }

  /** The org of that slug. */
  public Optional<Org> org(String slug) {
    return orgs.stream().filter(org -> org.slug().equals(slug)).findFirst();
  }
}
