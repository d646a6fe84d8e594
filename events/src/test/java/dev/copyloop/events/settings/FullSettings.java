package dev.copyloop.events.settings;

import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings for tests, with every optional part. */
final class FullSettings {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private FullSettings() {}

  static Settings full() throws IOException {
    return new Settings(
        41,
        List.of(
            new Org(
                "acme",
                ZoneId.of("Europe/Berlin"),
                UserKey.ID,
                UserKey.EMAIL,
                List.of("tester"),
                List.of(workspace()),
                List.of(template()),
                List.of(rule()),
                exports(),
                measurement())));
  }

  private static Workspace workspace() {
    return new Workspace(
        "production",
        "eu",
        AttributeScope.JOURNEY,
        List.of(new Workspace.FirstOccurrenceOnly(FROM, true)));
  }

  private static Template template() throws IOException {
    Variant variant = variant();
    return new Template(
        "welcome",
        Channel.EMAIL,
        Optional.of(variant.copyId()),
        Optional.of(variant.copyId()),
        List.of(new Split(FROM, Split.Mode.PERSISTENT, new BigDecimal("0.10"))),
        List.of(variant),
        List.of(binding()));
  }

  private static Variant variant() throws IOException {
    return new Variant(
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "mens",
        Variant.Status.ACTIVE,
        Optional.of(Json.mapper().readTree("{\"attr\":\"plan\",\"in\":[\"pro\",\"team\"]}")),
        List.of(
            new Variant.Texts(FROM, Map.of("subject", "Hi {{ name }}", "body", "…")),
            new Variant.Texts(FROM.plusSeconds(1), Map.of("subject", "Hello"))));
  }

  private static Binding binding() {
    return new Binding(
        "b1",
        "production",
        Optional.of("12"),
        Optional.empty(),
        Optional.of("34"),
        List.of("1001"),
        List.of("1002"),
        AttributeScope.JOURNEY,
        new BigDecimal("0.10"),
        FROM,
        Optional.of(FROM.plusSeconds(3600)));
  }

  private static AttributionRule rule() {
    return new AttributionRule(
        "purchase",
        2,
        "purchase",
        AttributionRule.Touch.SEND,
        AttributionRule.Model.LAST,
        Duration.ofDays(14));
  }

  private static ExportSettings exports() {
    return new ExportSettings(
        Set.of(ExportSettings.Dataset.GENERATIONS, ExportSettings.Dataset.ENGAGEMENTS),
        new ExportSettings.Shape(
            ExportSettings.Vars.APART,
            ExportSettings.Rendered.INLINE,
            ExportSettings.Maps.JSON,
            ExportSettings.Format.AVRO),
        Optional.of(
            new ExportSettings.Destination(
                "their-bucket",
                "copy/",
                Optional.of("eu-central-1"),
                Optional.of("arn:aws:iam::123456789012:role/copyloop"),
                Optional.of("acme-1"))));
  }

  private static Measurement measurement() {
    return new Measurement(
        List.of(new Measurement.TimeZoneChange(FROM, ZoneId.of("Europe/Paris"))),
        List.of(orders(), clicks()),
        List.of(
            new Experiment(
                "welcome",
                FROM,
                new BigDecimal("0.10"),
                "purchase",
                new BigDecimal("0.05"),
                new BigDecimal("0.05"),
                20_000)));
  }

  private static CustomMetric orders() {
    return new CustomMetric(
        "pro-orders",
        1,
        new CustomMetric.OwnEvents("purchase"),
        Map.of("plan", "pro"),
        CustomMetric.Aggregate.UNIQUE,
        Duration.ofDays(7),
        CustomMetric.Direction.INCREASE,
        CustomMetric.Role.GUARDRAIL);
  }

  private static CustomMetric clicks() {
    return new CustomMetric(
        "pricing-clicks",
        2,
        new Engagements(Engagements.Kind.CLICKED),
        Map.of("href_path", "/pricing", "human_class", "human"),
        CustomMetric.Aggregate.UNIQUE,
        Duration.ofDays(7),
        CustomMetric.Direction.INCREASE,
        CustomMetric.Role.KEY);
  }
}
