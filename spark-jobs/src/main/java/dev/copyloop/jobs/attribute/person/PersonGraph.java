package dev.copyloop.jobs.attribute.person;

import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells people apart by the identifiers that occurred together. A function of the set of links,
 * whatever their order.
 *
 * <p>Ids and Customer.io's own ids that occur together are one account: neither passes to another
 * person, and one message goes to one person, so two of them on one delivery are a merge. An
 * address belongs to the account it occurs with; if it occurs with several that carry the org's
 * key, it is ambiguous and stands for nobody. Accounts without the org's key (leads, deleted
 * people) are the person their addresses lead to; if those lead to several, they are ambiguous too.
 * Where addresses are the org's key, all that occurs together is one person.
 */
final class PersonGraph {

  /** Instead of a name, for an identifier that several people share. */
  static final String AMBIGUOUS = "";

  private final PersonKeys keys;
  private final Map<Identifier, Set<Identifier>> links = new TreeMap<>();
  private final DisjointIdentifiers accounts = new DisjointIdentifiers();
  private final DisjointIdentifiers people = new DisjointIdentifiers();

  /** Accounts that carry the org's key. */
  private final Set<Identifier> keyed = new HashSet<>();

  private PersonGraph(PersonKeys keys) {
    this.keys = keys;
  }

  /**
   * The graph of these links.
   *
   * @param together identifiers that occurred together
   */
  static PersonGraph of(PersonKeys keys, Collection<? extends Collection<Identifier>> together) {
    PersonGraph graph = new PersonGraph(keys);
    together.forEach(graph::link);
    graph.gather();
    return graph;
  }

  private void link(Collection<Identifier> together) {
    for (Identifier one : together) {
      links.computeIfAbsent(one, key -> new TreeSet<>()).addAll(together);
    }
    accounts.join(together.stream().filter(this::isOfAccount).toList());
  }

  private boolean isOfAccount(Identifier identifier) {
    return !identifier.isAddress() || keys.isKey(identifier);
  }

  /** The identifiers that one occurred with, itself left out, in order. */
  List<Identifier> linkedWith(Identifier identifier) {
    return links.get(identifier).stream().filter(each -> !each.equals(identifier)).toList();
  }

  private void gather() {
    links.keySet().stream().filter(keys::isKey).map(accounts::of).forEach(keyed::add);
    for (Identifier identifier : links.keySet()) {
      if (isOfAccount(identifier)) {
        people.join(List.of(accounts.of(identifier), identifier));
      } else if (keyedAccountsOf(identifier).size() <= 1) {
        accountsOf(identifier).forEach(each -> people.join(List.of(each, identifier)));
      }
    }
  }

  /**
   * By identifier the person's name: the least identifier of the org's key, plain, else the least
   * of any kind with its kind; {@link #AMBIGUOUS} where it stands for nobody.
   */
  Map<Identifier, String> persons() {
    Map<Identifier, Boolean> claimedOnce = new HashMap<>();
    Map<Identifier, String> names = new TreeMap<>();
    for (Identifier identifier : links.keySet()) {
      boolean once =
          claimedOnce.computeIfAbsent(people.of(identifier), group -> isClaimedOnce(group));
      names.put(identifier, once ? nameInGroup(identifier) : nameInAccount(identifier));
    }
    return names;
  }

  /** Whether a group of people holds at most one account that carries the org's key. */
  private boolean isClaimedOnce(Identifier group) {
    return people.members(group).stream()
            .filter(this::isOfAccount)
            .map(accounts::of)
            .filter(keyed::contains)
            .distinct()
            .count()
        <= 1;
  }

  private String nameInGroup(Identifier identifier) {
    boolean shared = !isOfAccount(identifier) && keyedAccountsOf(identifier).size() > 1;
    return shared ? AMBIGUOUS : name(people.members(identifier));
  }

  /** Where several accounts claim a group: each keeps what occurs with it and no other. */
  private String nameInAccount(Identifier identifier) {
    Set<Identifier> owners = keyedAccountsOf(identifier);
    return owners.size() == 1 ? name(accounts.members(owners.iterator().next())) : AMBIGUOUS;
  }

  private Set<Identifier> keyedAccountsOf(Identifier identifier) {
    Set<Identifier> owners = accountsOf(identifier);
    owners.retainAll(keyed);
    return owners;
  }

  private Set<Identifier> accountsOf(Identifier identifier) {
    if (isOfAccount(identifier)) {
      return new TreeSet<>(Set.of(accounts.of(identifier)));
    }
    return links.get(identifier).stream()
        .filter(this::isOfAccount)
        .map(accounts::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String name(Collection<Identifier> group) {
    return keys.ownName(
        group.stream()
            .filter(keys::isKey)
            .min(Comparator.naturalOrder())
            .orElseGet(() -> Collections.min(group)));
  }
}
