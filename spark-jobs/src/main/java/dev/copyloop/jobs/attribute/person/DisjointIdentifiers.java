package dev.copyloop.jobs.attribute.person;

import dev.copyloop.jobs.attribute.settings.Identifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Disjoint sets of identifiers, each named by its least member; the smaller joins the larger. */
final class DisjointIdentifiers {

  private final Map<Identifier, NavigableSet<Identifier>> sets = new HashMap<>();

  /** Makes one set of all sets that these are in. */
  void join(Collection<Identifier> identifiers) {
    Iterator<Identifier> others = identifiers.iterator();
    NavigableSet<Identifier> joined = others.hasNext() ? set(others.next()) : null;
    while (others.hasNext()) {
      joined = join(joined, set(others.next()));
    }
  }

  private NavigableSet<Identifier> join(
      NavigableSet<Identifier> one, NavigableSet<Identifier> other) {
    if (one.first().equals(other.first())) {
      return one;
    }
    boolean isSmaller = one.size() < other.size();
    NavigableSet<Identifier> larger = isSmaller ? other : one;
    NavigableSet<Identifier> smaller = isSmaller ? one : other;
    larger.addAll(smaller);
    smaller.forEach(each -> sets.put(each, larger));
    return larger;
  }

  /** The least member of an identifier's set: itself if it was never joined. */
  Identifier of(Identifier identifier) {
    return set(identifier).first();
  }

  /** All members of an identifier's set. */
  NavigableSet<Identifier> members(Identifier identifier) {
    return set(identifier);
  }

  private NavigableSet<Identifier> set(Identifier identifier) {
    return sets.computeIfAbsent(
        identifier,
        each -> {
          NavigableSet<Identifier> single = new TreeSet<>();
          single.add(each);
          return single;
        });
  }
}
