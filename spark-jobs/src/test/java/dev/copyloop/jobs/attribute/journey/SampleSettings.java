package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.events.settings.Workspace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for tests: the org acme with one workspace. */
public final class SampleSettings {

  public static final String MENS = "11111111-1111-4111-8111-111111111111";
  public static final String WOMENS = "22222222-2222-4222-8222-222222222222";
  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private SampleSettings() {}

  /** Template welcome on campaign 1: message action 1001, control action 1002. */
  public static Settings plain() {
    return saying("mens");
  }

  /** The same with that text in one of its copies. */
  public static Settings saying(String text) {
    return of(
        ZoneId.of("UTC"),
        List.of(template("welcome", text, binding("b1", "1", List.of("1001"), List.of("1002")))),
        List.of(lastTouch("purchase", Duration.ofDays(14))));
  }

  public static Settings of(ZoneId zone, List<Template> templates, List<AttributionRule> rules) {
    Workspace workspace = new Workspace("production", "eu", AttributeScope.JOURNEY, List.of());
    return new Settings(
        1,
        List.of(
            new Org(
                "acme",
                zone,
                UserKey.ID,
                UserKey.ID,
                List.of("staff"),
                List.of(workspace),
                templates,
                rules)));
  }

  /** The same, measured by more than rules. */
  public static Settings measuredBy(Settings settings, Measurement measurement) {
    Org org = settings.orgs().get(0);
    return with(settings, org.eventUserKey(), org.exports(), measurement);
  }

  /** The same, exported in that way. */
  public static Settings exporting(Settings settings, ExportSettings exports) {
    Org org = settings.orgs().get(0);
    return with(settings, org.eventUserKey(), exports, org.measurement());
  }

  /** The same, where the org's own events carry that identifier. */
  public static Settings calledBy(Settings settings, UserKey eventKey) {
    Org org = settings.orgs().get(0);
    return with(settings, eventKey, org.exports(), org.measurement());
  }

  private static Settings with(
      Settings settings, UserKey eventKey, ExportSettings exports, Measurement measurement) {
    Org org = settings.orgs().get(0);
    return new Settings(
        settings.version(),
        List.of(
            new Org(
                org.slug(),
                org.timeZone(),
                org.userKey(),
                eventKey,
                org.internalRecipients(),
                org.workspaces(),
                org.templates(),
                org.rules(),
                exports,
                measurement)));
  }

  public static Template template(String id, Binding... bindings) {
    return template(id, "mens", bindings);
  }

  /** The same with that text in one of its copies. */
  public static Template template(String id, String text, Binding... bindings) {
    return new Template(
        id,
        Channel.EMAIL,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(variant(MENS, text), variant(WOMENS, "womens")),
        List.of(bindings));
  }

  private static Variant variant(String copyId, String key) {
    return new Variant(
        copyId,
        key,
        Variant.Status.ACTIVE,
        Optional.empty(),
        List.of(new Variant.Texts(LONG_AGO, Map.of("subject", key))));
  }

  public static Binding binding(
      String id, String campaign, List<String> messages, List<String> controls) {
    return binding(id, campaign, messages, controls, AttributeScope.JOURNEY);
  }

  static Binding binding(
      String id,
      String campaign,
      List<String> messages,
      List<String> controls,
      AttributeScope scope) {
    return new Binding(
        id,
        "production",
        Optional.of(campaign),
        Optional.empty(),
        Optional.of("900"),
        messages,
        controls,
        scope,
        new BigDecimal("0.3"),
        LONG_AGO,
        Optional.empty());
  }

  /** Credits events of that name to the last message sent in the window before. */
  public static AttributionRule lastTouch(String event, Duration window) {
    return new AttributionRule(
        event, 1, event, AttributionRule.Touch.SEND, AttributionRule.Model.LAST, window);
  }
}
