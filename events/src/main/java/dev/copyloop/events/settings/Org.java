package dev.copyloop.events.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A tenant.
 *
 * @param slug lower-case letters, digits and hyphens; the org's name in URLs
 * @param timeZone the IANA zone whose days its daily figures use
 * @param userKey which identifier names a person in Customer.io's events
 * @param eventUserKey which identifier its own events carry as {@code user_id}
 * @param internalRecipients user ids and e-mail addresses whose generations are tests
 * @param exports what it gets exported, and where
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
    ExportSettings exports) {

  /** An org with the default exports. */
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
        ExportSettings.DEFAULT);
  }

  public Org {
    internalRecipients = List.copyOf(internalRecipients);
    workspaces = List.copyOf(workspaces);
    templates = List.copyOf(templates);
    rules = List.copyOf(rules);
  }

  /** The template of that id. */
  public Optional<Template> template(String templateId) {
    return templates.stream().filter(template -> template.id().equals(templateId)).findFirst();
  }
}
