package dev.copyloop.landing;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of everything that was sent, after a fault.
 *
 * @param lost acknowledged and not found
 * @param duplicated found more than once
 * @param unexpected found and never sent
 */
record Tally(
    int acknowledged, int found, Set<String> lost, Set<String> duplicated, Set<String> unexpected) {

  static Tally of(Collection<String> sent, Collection<String> acknowledged, List<String> found) {
    Set<String> distinct = new HashSet<>();
    Set<String> duplicated = new TreeSet<>();
    for (String id : found) {
      if (!distinct.add(id)) {
        duplicated.add(id);
      }
    }
    Set<String> lost = new TreeSet<>(acknowledged);
    lost.removeAll(distinct);
    Set<String> unexpected = new TreeSet<>(distinct);
    unexpected.removeAll(Set.copyOf(sent));
    return new Tally(acknowledged.size(), distinct.size(), lost, duplicated, unexpected);
  }

  /** Nothing lost, twice or from nowhere. */
  boolean isClean() {
    return lost.isEmpty() && duplicated.isEmpty() && unexpected.isEmpty();
  }
}
