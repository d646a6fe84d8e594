package dev.copyloop.events.settings;

import static dev.copyloop.events.settings.FullSettings.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members of the document that are unknown, missing or of the wrong type. */
class SettingsMembersTest {
  private static final List<String> OPTIONAL =
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
          if (OPTIONAL.contains(member)) {
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
