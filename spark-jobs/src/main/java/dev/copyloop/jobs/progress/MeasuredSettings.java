package dev.copyloop.jobs.progress;

import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Template;
import java.util.List;
import java.util.Optional;

/**
 * The part of the settings that figures depend on: without what copies say, who is served which,
 * how templates are judged and where exports go. So a new text recomputes nothing.
 */
public final class MeasuredSettings {

  private MeasuredSettings() {}

  /** That part; what figures are computed of must be given this and nothing more. */
  public static Settings of(Settings settings) {
    return new Settings(0, settings.orgs().stream().map(MeasuredSettings::of).toList());
  }

  private static Org of(Org org) {
    return new Org(
        org.slug(),
        org.timeZone(),
        org.userKey(),
        org.eventUserKey(),
        org.internalRecipients(),
        org.workspaces(),
        org.templates().stream().map(MeasuredSettings::of).toList(),
        org.rules(),
        ExportSettings.DEFAULT,
        new Measurement(
            org.measurement().timeZoneChanges(), org.measurement().customMetrics(), List.of()));
  }

  private static Template of(Template template) {
    return new Template(
        template.id(),
        template.channel(),
        Optional.empty(),
        Optional.empty(),
        template.splits(),
        List.of(),
        template.bindings());
  }
}
