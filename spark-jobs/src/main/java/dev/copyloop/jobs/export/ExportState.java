package dev.copyloop.jobs.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a dataset of an org was brought out, and from which files of the table: what lets a night
 * look at changed days only. It is a memory of the manifests, which stay the truth: without it, or
 * with one of another shape, all days are compared with them.
 *
 * @param shape the shape of the files, see {@link ExportDataset#shape}, and where they lie
 * @param source names the published state that was brought out whole, and how; empty if a day
 *     failed
 */
record ExportState(String shape, Optional<String> source, Map<String, Day> days) {
  private static final int SCHEMA_VERSION = 1;

  ExportState {
    days = new TreeMap<>(days);
  }

  /**
   * One day.
   *
   * @param fingerprint of the table's files
   * @param content of all parts together
   * @param parts how many parts have rows
   */
  record Day(String fingerprint, ContentHash content, int parts) {}

  /** The state of an org's dataset; without days if there is none. */
  static ExportState read(Bucket bucket, String org, String dataset) throws IOException {
    JsonNode node =
        Json.mapper()
            .readTree(bucket.read(LakeLayout.exportState(org, dataset)).orElse(new byte[] {'0'}));
    if (node.path("schema_version").asInt() != SCHEMA_VERSION) {
      return new ExportState("", Optional.empty(), Map.of());
    }
    Map<String, Day> days = new TreeMap<>();
    node.path("days").properties().forEach(day -> days.put(day.getKey(), day(day.getValue())));
    return new ExportState(
        node.path("shape").asText(), Optional.ofNullable(node.path("source").textValue()), days);
  }

  /** This state if it is of that shape, otherwise one without days. */
  ExportState ofShape(String wanted) {
    return shape.equals(wanted) ? this : new ExportState(wanted, Optional.empty(), Map.of());
  }

  private static Day day(JsonNode node) {
    return new Day(
        node.path("fingerprint").asText(),
        ContentHash.parse(node.path("content_hash").asText()),
        node.path("parts").asInt());
  }

  void write(Bucket bucket, String org, String dataset) throws IOException {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("shape", shape);
    source.ifPresent(name -> node.put("source", name));
    ObjectNode each = node.putObject("days");
    days.forEach(
        (name, day) ->
            each.putObject(name)
                .put("fingerprint", day.fingerprint())
                .put("content_hash", day.content().toString())
                .put("parts", day.parts()));
    bucket.write(
        LakeLayout.exportState(org, dataset), node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The content of all days. */
  ContentHash content() {
    return days.values().stream().map(Day::content).reduce(ContentHash.EMPTY, ContentHash::plus);
  }

  int parts() {
    return days.values().stream().mapToInt(Day::parts).sum();
  }
}
