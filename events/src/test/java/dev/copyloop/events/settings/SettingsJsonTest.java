package dev.copyloop.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsJsonTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void fullSettingsAreReadBack() throws IOException {
    assertThat(SettingsJson.read(SettingsJson.write(full()))).isEqualTo(full());
  }

  @Test
  void emptySettingsAreReadBack() throws IOException {
    Settings empty = new Settings(0, List.of());
    assertThat(SettingsJson.write(empty)).isEqualTo("{\"version\":0,\"orgs\":[]}");
    assertThat(SettingsJson.read(SettingsJson.write(empty))).isEqualTo(empty);
  }

  @Test
  void settingsWithoutTheOptionalPartsAreReadBack() throws IOException {
    Binding binding =
        new Binding(
            "b",
            "production",
            Optional.empty(),
            Optional.of("9"),
            Optional.empty(),
            List.of(),
            List.of(),
            AttributeScope.CUSTOMER,
            BigDecimal.ZERO,
            FROM,
            Optional.empty());
    Variant variant =
        new Variant(
            "copy",
            "a",
            Variant.Status.PAUSED,
            Optional.empty(),
            List.of(new Variant.Texts(FROM, Map.of())));
    Settings settings =
        new Settings(
            1,
            List.of(
                new Org(
                    "acme",
                    ZoneId.of("UTC"),
                    UserKey.EMAIL,
                    UserKey.CIO_ID,
                    List.of(),
                    List.of(),
                    List.of(
                        new Template(
                            "t",
                            Channel.IN_APP,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            List.of(variant),
                            List.of(binding))),
                    List.of())));
    assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
  }

  /** The sha of the document names the settings of a run, so equal settings are equal bytes. */
  @Test
  void equalSettingsGiveEqualText() throws IOException {
    String text = SettingsJson.write(full());
    assertThat(SettingsJson.write(full())).isEqualTo(text);
    assertThat(SettingsJson.write(SettingsJson.read(text))).isEqualTo(text);
    assertThat(text).doesNotContain("\n");
  }

  @Test
  void unknownMembersAreIgnoredAtEveryLevel() throws IOException {
    JsonNode tree = Json.mapper().readTree(SettingsJson.write(full()));
    for (ObjectNode node : settingsObjects(tree)) {
      node.putObject("later").put("a", 1);
    }
    assertThat(SettingsJson.read(tree.toString())).isEqualTo(full());
  }

  /** Each member of each object, missing and null: read as absent, or refused by its name. */
  @Test
  void eachMissingMemberIsEitherOptionalOrNamed() throws IOException {
    List<String> optional =
        List.of(
            "filter",
            "valid_to",
            "fallback_copy_id",
            "control_copy_id",
            "splits",
            "campaign_id",
            "broadcast_id",
            "webhook_action_id",
            "orgs",
            "internal_recipients",
            "workspaces",
            "templates",
            "rules",
            "time_zone_changes",
            "custom_metrics",
            "experiments",
            "first_occurrence_only",
            "variants",
            "bindings",
            "message_action_ids",
            "control_action_ids",
            "exports",
            "datasets",
            "vars_rendered",
            "destination",
            "bucket_region",
            "role_arn",
            "external_id");
    String text = SettingsJson.write(full());
    int objects = settingsObjects(Json.mapper().readTree(text)).size();
    for (int i = 0; i < objects; i++) {
      for (String member : members(text, i)) {
        for (boolean isNull : new boolean[] {true, false}) {
          JsonNode tree = Json.mapper().readTree(text);
          ObjectNode node = settingsObjects(tree).get(i);
          node.remove(member);
          if (isNull) {
            node.putNull(member);
          }
          if (optional.contains(member)) {
            assertThat(SettingsJson.read(tree.toString())).isNotNull();
          } else {
            assertThatThrownBy(() -> SettingsJson.read(tree.toString()))
                .as("%s of %s", member, node)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(member);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/version|\"one\"",
        "/version|1.5",
        "/version|{}",
        "/orgs|{}",
        "/orgs|\"x\"",
        "/orgs/0/slug|7",
        "/orgs/0/slug|{}",
        "/orgs/0/time_zone|\"Mars/Olympus\"",
        "/orgs/0/user_key|\"phone\"",
        "/orgs/0/internal_recipients|\"u\"",
        "/orgs/0/internal_recipients|[{}]",
        "/orgs/0/workspaces|[7]",
        "/orgs/0/workspaces/0/default_attribute_scope|\"other\"",
        "/orgs/0/workspaces/0/first_occurrence_only/0/from|\"today\"",
        "/orgs/0/workspaces/0/first_occurrence_only/0/enabled|\"yes\"",
        "/orgs/0/templates/0/channel|\"fax\"",
        "/orgs/0/templates/0/fallback_copy_id|[]",
        "/orgs/0/templates/0/splits/0/mode|\"coin\"",
        "/orgs/0/templates/0/splits/0/control_share|\"half\"",
        "/orgs/0/templates/0/variants/0/status|\"other\"",
        "/orgs/0/templates/0/variants/0/texts|[]",
        "/orgs/0/templates/0/variants/0/texts/0/vars|[]",
        "/orgs/0/templates/0/variants/0/texts/0/vars|{\"a\":1}",
        "/orgs/0/templates/0/variants/0/texts/0/vars|{\"a\":null}",
        "/orgs/0/templates/0/bindings/0/control_share|\"half\"",
        "/orgs/0/templates/0/bindings/0/valid_from|1",
        "/orgs/0/templates/0/bindings/0/valid_to|\"later\"",
        "/orgs/0/rules/0/version|\"x\"",
        "/orgs/0/rules/0/touch|\"look\"",
        "/orgs/0/rules/0/model|\"other\"",
        "/orgs/0/rules/0/window|\"14 days\"",
        "/orgs/0/exports/datasets|[\"people\"]",
        "/orgs/0/exports/vars_rendered|true",
        "/orgs/0/exports/vars_rendered|\"apart\"",
        "/orgs/0/exports/format|\"xlsx\"",
        "/orgs/0/exports/destination/prefix|\"no/slash\"",
        "/orgs/0/time_zone_changes/0/time_zone|\"Mars/Olympus\"",
        "/orgs/0/custom_metrics/0/aggregate|\"mean\"",
        "/orgs/0/custom_metrics/0/where|{\"plan\":1}",
        "/orgs/0/custom_metrics/1/engagement|\"looked\"",
        "/orgs/0/custom_metrics/1/aggregate|\"sum\"",
        "/orgs/0/custom_metrics/0/direction|\"up\"",
        "/orgs/0/custom_metrics/0/role|\"main\"",
        "/orgs/0/experiments/0/alpha|\"small\"",
        "/orgs/0/experiments/0/expected_units|\"many\""
      })
  void aMemberOfTheWrongTypeIsNamed(String path, String value) throws IOException {
    JsonNode tree = Json.mapper().readTree(SettingsJson.write(full()));
    int last = path.lastIndexOf('/');
    String name = path.substring(last + 1);
    ((ObjectNode) tree.at(path.substring(0, last))).set(name, Json.mapper().readTree(value));
    assertThatThrownBy(() -> SettingsJson.read(tree.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{} {}"})
  void whatIsNoDocumentIsAnError(String text) {
    assertThatThrownBy(() -> SettingsJson.read(text)).isInstanceOf(IOException.class);
  }

  static Settings full() throws IOException {
    Variant variant =
        new Variant(
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "mens",
            Variant.Status.ACTIVE,
            Optional.of(Json.mapper().readTree("{\"attr\":\"plan\",\"in\":[\"pro\",\"team\"]}")),
            List.of(
                new Variant.Texts(FROM, Map.of("subject", "Hi {{ name }}", "body", "…")),
                new Variant.Texts(FROM.plusSeconds(1), Map.of("subject", "Hello"))));
    Binding binding =
        new Binding(
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
    Org org =
        new Org(
            "acme",
            ZoneId.of("Europe/Berlin"),
            UserKey.ID,
            UserKey.EMAIL,
            List.of("tester"),
            List.of(
                new Workspace(
                    "production",
                    "eu",
                    AttributeScope.JOURNEY,
                    List.of(new Workspace.FirstOccurrenceOnly(FROM, true)))),
            List.of(
                new Template(
                    "welcome",
                    Channel.EMAIL,
                    Optional.of(variant.copyId()),
                    Optional.of(variant.copyId()),
                    List.of(new Split(FROM, Split.Mode.PERSISTENT, new BigDecimal("0.10"))),
                    List.of(variant),
                    List.of(binding))),
            List.of(
                new AttributionRule(
                    "purchase",
                    2,
                    "purchase",
                    AttributionRule.Touch.SEND,
                    AttributionRule.Model.LAST,
                    Duration.ofDays(14))),
            new ExportSettings(
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
                        Optional.of("acme-1")))),
            measurement());
    return new Settings(41, List.of(org));
  }

  private static Measurement measurement() {
    return new Measurement(
        List.of(new Measurement.TimeZoneChange(FROM, ZoneId.of("Europe/Paris"))),
        List.of(
            new CustomMetric(
                "pro-orders",
                1,
                new CustomMetric.OwnEvents("purchase"),
                Map.of("plan", "pro"),
                CustomMetric.Aggregate.UNIQUE,
                Duration.ofDays(7),
                CustomMetric.Direction.INCREASE,
                CustomMetric.Role.GUARDRAIL),
            new CustomMetric(
                "pricing-clicks",
                2,
                new Engagements(Engagements.Kind.CLICKED),
                Map.of("href_path", "/pricing", "human_class", "human"),
                CustomMetric.Aggregate.UNIQUE,
                Duration.ofDays(7),
                CustomMetric.Direction.INCREASE,
                CustomMetric.Role.KEY)),
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

  @Test
  void aRuleAloneIsReadWithoutItsVersion() throws IOException {
    assertThat(
            SettingsJson.readRule(
                "{\"rule_id\":\"r\",\"event_name\":\"purchase\",\"touch\":\"click\","
                    + "\"model\":\"linear\",\"window\":\"P7D\"}"))
        .isEqualTo(
            new AttributionRule(
                "r",
                1,
                "purchase",
                AttributionRule.Touch.CLICK,
                AttributionRule.Model.LINEAR,
                Duration.ofDays(7)));
    assertThatThrownBy(() -> SettingsJson.readRule("{\"rule_id\":\"r\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("event_name");
  }

  private static List<String> members(String text, int object) throws IOException {
    List<String> names = new ArrayList<>();
    settingsObjects(Json.mapper().readTree(text))
        .get(object)
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  /** Every object of the document that has members of ours: filters and vars are data. */
  private static List<ObjectNode> settingsObjects(JsonNode node) {
    List<ObjectNode> objects = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      objects.add(object);
      object
          .properties()
          .forEach(
              member -> {
                if (!List.of("filter", "vars", "where").contains(member.getKey())) {
                  objects.addAll(settingsObjects(member.getValue()));
                }
              });
    } else if (node instanceof ArrayNode array) {
      array.forEach(item -> objects.addAll(settingsObjects(item)));
    }
    return objects;
  }
}
