package dev.copyloop.jobs;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who is who by definition, for an org whose key is the id: labels spread over what occurred
 * together until nothing changes.
 */
final class ModelPersons {

  private final List<Set<String>> together;
  private final Map<String, String> account = new HashMap<>();
  private final Map<String, String> person = new HashMap<>();
  private final Map<String, Boolean> keyed = new HashMap<>();
  private final Map<String, String> found = new HashMap<>();

  ModelPersons(Collection<List<SampleEvent>> deliveries) {
    together = deliveries.stream().map(ModelPersons::identifiers).toList();
    spread(account, false);
    spread(person, true);
  }

  static Set<String> identifiers(List<SampleEvent> delivery) {
    Set<String> identifiers = new TreeSet<>();
    for (SampleEvent event : delivery) {
      add(identifiers, "id:", event.get("person_id"));
      add(identifiers, "cio_id:", event.get("person_cio_id"));
      add(identifiers, "email:", event.get("person_email"));
    }
    return identifiers;
  }

  private static void add(Set<String> identifiers, String kind, Object value) {
    if (value != null) {
      String text = (String) value;
      identifiers.add(kind + (kind.equals("email:") ? text.toLowerCase(Locale.ROOT) : text));
    }
  }

  private void spread(Map<String, String> labels, boolean overAddresses) {
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Set<String> each : together) {
        Set<String> joined =
            each.stream()
                .filter(one -> !isAddress(one) || (overAddresses && owners(one).size() <= 1))
                .collect(Collectors.toCollection(TreeSet::new));
        String least =
            joined.stream()
                .map(one -> labels.getOrDefault(one, one))
                .min(String::compareTo)
                .orElse("");
        for (String one : joined) {
          changed |= !least.equals(labels.put(one, least));
        }
      }
    }
  }

  private static boolean isAddress(String identifier) {
    return identifier.startsWith("email:");
  }

  private boolean isKeyed(String accountLabel) {
    return keyed.computeIfAbsent(accountLabel, this::hasId);
  }

  private boolean hasId(String accountLabel) {
    return account.entrySet().stream()
        .anyMatch(one -> one.getValue().equals(accountLabel) && one.getKey().startsWith("id:"));
  }

  /** The accounts with an id that an identifier occurs with or is in. */
  private Set<String> owners(String identifier) {
    return together.stream()
        .filter(each -> each.contains(identifier))
        .flatMap(Set::stream)
        .filter(one -> isAddress(identifier) ? !isAddress(one) : one.equals(identifier))
        .map(account::get)
        .filter(this::isKeyed)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The person of an identifier; empty if it stands for nobody. */
  String of(String identifier) {
    return found.computeIfAbsent(identifier, this::find);
  }

  private String find(String identifier) {
    if (!isAddress(identifier) && isKeyed(account.getOrDefault(identifier, identifier))) {
      return account.get(identifier);
    }
    if (together.stream().noneMatch(each -> each.contains(identifier))) {
      return identifier;
    }
    Set<String> owners = owners(identifier);
    if (isAddress(identifier) && owners.size() > 1) {
      return "";
    }
    Set<String> claims =
        person.entrySet().stream()
            .filter(one -> one.getValue().equals(person.getOrDefault(identifier, identifier)))
            .filter(one -> !isAddress(one.getKey()))
            .map(one -> account.get(one.getKey()))
            .filter(this::isKeyed)
            .collect(Collectors.toCollection(TreeSet::new));
    if (claims.isEmpty()) {
      return person.getOrDefault(identifier, identifier);
    }
    if (claims.size() == 1) {
      return claims.iterator().next();
    }
    return owners.size() == 1 ? owners.iterator().next() : "";
  }

  /** The person of a delivery; null if its events name nobody. */
  String of(List<SampleEvent> delivery) {
    Set<String> identifiers = identifiers(delivery);
    return identifiers.stream()
        .filter(one -> one.startsWith("id:"))
        .findFirst()
        .or(() -> identifiers.stream().findFirst())
        .map(this::of)
        .orElse(null);
  }
}
