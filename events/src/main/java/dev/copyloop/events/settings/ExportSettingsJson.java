package dev.copyloop.events.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonMembers;
import dev.copyloop.events.settings.ExportSettings.Dataset;
import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.events.settings.ExportSettings.Maps;
import dev.copyloop.events.settings.ExportSettings.Rendered;
import dev.copyloop.events.settings.ExportSettings.Shape;
import dev.copyloop.events.settings.ExportSettings.Vars;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The part {@code exports} of an org in the settings document. */
public final class ExportSettingsJson {
  private ExportSettingsJson() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException naming the member that is missing or wrong
   */
  public static ExportSettings read(JsonNode node) {
    return new ExportSettings(
        datasets(node),
        new Shape(
            JsonMembers.label(Vars.class, node, "vars"),
            node.hasNonNull("vars_rendered")
                ? JsonMembers.label(Rendered.class, node, "vars_rendered")
                : Rendered.OMITTED,
            JsonMembers.label(Maps.class, node, "maps"),
            JsonMembers.label(Format.class, node, "format")),
        Optional.ofNullable(node.get("destination"))
            .filter(destination -> !destination.isNull())
            .map(ExportSettingsJson::destination));
  }

  private static Set<Dataset> datasets(JsonNode node) {
    Set<Dataset> datasets = EnumSet.noneOf(Dataset.class);
    for (String table : JsonMembers.strings(node, "datasets")) {
      datasets.add(dataset(table));
    }
    return datasets;
  }

  private static Dataset dataset(String table) {
    for (Dataset dataset : Dataset.values()) {
      if (dataset.table().equals(table)) {
        return dataset;
      }
    }
    throw new IllegalArgumentException("unknown name '" + table + "' in datasets");
  }

  private static Destination destination(JsonNode node) {
    return new Destination(
        JsonMembers.text(node, "bucket"),
        JsonMembers.text(node, "prefix"),
        JsonMembers.optional(node, "bucket_region"),
        JsonMembers.optional(node, "role_arn"),
        JsonMembers.optional(node, "external_id"));
  }

  /** Writes it. */
  public static ObjectNode write(ExportSettings exports) {
    ObjectNode node = Json.mapper().createObjectNode();
    ArrayNode datasets = node.putArray("datasets");
    exports.datasets().forEach(dataset -> datasets.add(dataset.table()));
    node.put("vars", exports.shape().vars().label());
    node.put("vars_rendered", exports.shape().rendered().label());
    node.put("maps", exports.shape().maps().label());
    node.put("format", exports.shape().format().label());
    exports.destination().ifPresent(to -> node.set("destination", write(to)));
    return node;
  }

  private static ObjectNode write(Destination destination) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("bucket", destination.bucket());
    node.put("prefix", destination.prefix());
    destination.region().ifPresent(region -> node.put("bucket_region", region));
    destination.roleArn().ifPresent(role -> node.put("role_arn", role));
    destination.externalId().ifPresent(id -> node.put("external_id", id));
    return node;
  }
}
