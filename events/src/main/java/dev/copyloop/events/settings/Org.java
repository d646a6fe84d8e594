package dev.copyloop.events.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A tenant.
 *
 * @param slug lower-case letters, digits and hyphens; the org's name in URLs
 * @param timeZone the IANA zone whose days its daily figures use, until it changes
 * @param userKey which identifier names a person in Customer.io's events
 * @param eventUserKey which identifier its own events carry as {@code user_id}
 * @param internalRecipients user ids and e-mail addresses whose generations are tests
 * @param exports what it gets exported, and where
 * @param measurement what it measures of its own, by which days, and how it judges
 */
public record Org(
    String slug,
    ZoneId timeZone,
    UserKey userKey,
    UserKey eventUserKey,
    List<String> internalRecipients,
    List<Workspace> workspaces,
    List<Template> templates,
    List<AttributionRule> rules,
    ExportSettings exports,
    Measurement measurement) {

  public Org {
    internalRecipients = List.copyOf(internalRecipients);
    workspaces = List.copyOf(workspaces);
    templates = List.copyOf(templates);
    rules = List.copyOf(rules);
  }

  /** An org with the default exports that measures what every org does. */
  public Org(
      String slug,
      ZoneId timeZone,
      UserKey userKey,
      UserKey eventUserKey,
      List<String> internalRecipients,
      List<Workspace> workspaces,
      List<Template> templates,
      List<AttributionRule> rules) {
    this(
        slug,
        timeZone,
        userKey,
        eventUserKey,
        internalRecipients,
        workspaces,
        templates,
        rules,
        ExportSettings.DEFAULT,
        Measurement.NONE);
  }

  /** The same org with other rules, and no metrics of its own. */
  public Org withRules(List<AttributionRule> others) {
    return new Org(
        slug,
        timeZone,
        userKey,
        eventUserKey,
        internalRecipients,
        workspaces,
        templates,
        others,
        exports,
        new Measurement(measurement.timeZoneChanges(), List.of(), measurement.experiments()));
  }

  /** The only workspace, to which what no signing key placed belongs; empty if there are others. */
  public Optional<String> soleWorkspace() {
    return workspaces.size() == 1 ? Optional.of(workspaces.get(0).name()) : Optional.empty();
  }

  /** The template of that id. */
  public Optional<Template> template(String templateId) {
    return templates.stream().filter(template -> template.id().equals(templateId)).findFirst();
  }
}
