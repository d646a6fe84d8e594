package dev.copyloop.jobs.attribute.settings;

import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.UserKey;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings as attribution asks for them. Travels to the executors as the settings document and
 * is indexed there once per task. Thread-safe.
 */
public final class SettingsIndex implements Serializable {

  private static final long serialVersionUID = 1;

  private static final Comparator<BoundTemplate> BY_TEMPLATE =
      Comparator.comparing(BoundTemplate::templateId)
          .thenComparing(bound -> bound.binding().validFrom())
          .thenComparing(bound -> bound.binding().id());

  private final String document;
  private transient volatile Index index;

  /** An index of those settings, built where it is first asked. */
  public SettingsIndex(Settings settings) {
    this.document = SettingsJson.write(settings);
  }

  /** The person's identifier in Customer.io's events; {@code id} for an org that is not set up. */
  public UserKey userKey(String org) {
    Org settings = index().orgs.get(org);
    return settings == null ? UserKey.ID : settings.userKey();
  }

  /** By which identifiers the org tells people apart; {@code id} for one that is not set up. */
  public PersonKeys personKeys(String org) {
    Org settings = index().orgs.get(org);
    return settings == null
        ? new PersonKeys(UserKey.ID, UserKey.ID)
        : new PersonKeys(settings.userKey(), settings.eventUserKey());
  }

  /** The orgs that tell people apart by a kind of identifier, sorted. */
  public List<String> orgs(UserKey key) {
    return index().orgs.values().stream()
        .filter(org -> org.userKey() == key)
        .map(Org::slug)
        .sorted()
        .toList();
  }

  /** Whether the own events of every org call people by its key. */
  public boolean callsByKeys() {
    return index().orgs.values().stream().allMatch(org -> org.userKey() == org.eventUserKey());
  }

  /** The only workspace of each org that has one. */
  public SortedMap<String, String> soleWorkspaces() {
    SortedMap<String, String> workspaces = new TreeMap<>();
    for (Org org : index().orgs.values()) {
      org.soleWorkspace().ifPresent(workspace -> workspaces.put(org.slug(), workspace));
    }
    return workspaces;
  }

  /** The org's rules for its own events. */
  public List<AttributionRule> rules(String org) {
    Org settings = index().orgs.get(org);
    return settings == null ? List.of() : settings.rules();
  }

  /** What else the org measures of its own events. */
  public List<CustomMetric> ownEventMetrics(String org) {
    Org settings = index().orgs.get(org);
    return settings == null ? List.of() : settings.measurement().ownEventMetrics();
  }

  /** What the org measures of its messages' engagements. */
  public List<CustomMetric> engagementMetrics(String org) {
    return index().engagementMetrics.getOrDefault(org, List.of());
  }

  /** Whether any org measures engagements. */
  public boolean measuresEngagements() {
    return !index().engagementMetrics.isEmpty();
  }

  /** Whether any org measures engagements by their links' addresses. */
  public boolean measuresLinks() {
    return index().engagementMetrics.values().stream()
        .flatMap(List::stream)
        .anyMatch(metric -> Engagements.asksForLinks(metric.where().keySet()));
  }

  /** Whether that person is one of the org's own people, whose messages are tests. */
  public boolean isInternal(String org, String person) {
    return person != null && index().internalPeople.contains(joined(org, person));
  }

  /** Every binding to what a message came from, by template id. */
  public List<BoundTemplate> bindings(MessageOrigin origin) {
    return index().bindings.getOrDefault(origin, List.of());
  }

  /** Whether any binding leaves open which actions are its control. */
  public boolean infersControls() {
    return index().bindings.values().stream()
        .flatMap(List::stream)
        .anyMatch(BoundTemplate::infersControl);
  }

  /** Whether any binding's copies are found by the person, whatever the journey. */
  public boolean asksPersons() {
    return index().bindings.values().stream()
        .flatMap(List::stream)
        .anyMatch(bound -> bound.binding().attributeScope() == AttributeScope.CUSTOMER);
  }

  private Index index() {
    Index result = index;
    if (result == null) {
      result = new Index(read());
      index = result;
    }
    return result;
  }

  private Settings read() {
    try {
      return SettingsJson.read(document);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read back the settings this job was given", e);
    }
  }

  private static String joined(String... parts) {
    return String.join("\u0000", parts);
  }

  private static final class Index {

    private final Map<String, Org> orgs = new HashMap<>();
    private final Map<MessageOrigin, List<BoundTemplate>> bindings = new HashMap<>();
    private final Map<String, List<CustomMetric>> engagementMetrics = new HashMap<>();
    private final Set<String> internalPeople = new HashSet<>();

    Index(Settings settings) {
      for (Org org : settings.orgs()) {
        orgs.put(org.slug(), org);
        if (!org.measurement().engagementMetrics().isEmpty()) {
          engagementMetrics.put(org.slug(), org.measurement().engagementMetrics());
        }
        org.internalRecipients()
            .forEach(id -> internalPeople.add(joined(org.slug(), normalized(org, id))));
        for (Template template : org.templates()) {
          template.bindings().forEach(binding -> add(org, template, binding));
        }
      }
      bindings.values().forEach(bound -> bound.sort(BY_TEMPLATE));
    }

    private static String normalized(Org org, String id) {
      String person = PersonKey.normalized(org.userKey(), id);
      return person == null ? "" : person;
    }

    private void add(Org org, Template template, Binding binding) {
      BoundTemplate bound = new BoundTemplate(template, binding);
      String workspace = binding.workspace();
      binding
          .campaignId()
          .ifPresent(id -> add(new MessageOrigin(org.slug(), workspace, id, null), bound));
      binding
          .broadcastId()
          .ifPresent(id -> add(new MessageOrigin(org.slug(), workspace, null, id), bound));
    }

    private void add(MessageOrigin origin, BoundTemplate bound) {
      bindings.computeIfAbsent(origin, key -> new ArrayList<>()).add(bound);
    }
  }
}
