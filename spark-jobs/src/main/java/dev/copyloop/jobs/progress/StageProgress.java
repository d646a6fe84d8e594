package dev.copyloop.jobs.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * What a stage had done when it last ended. Written after its last commit: a run that dies before
 * leaves tables that are ahead of it, which the next one sees.
 *
 * @param basis what the results depend on beside the tables: code and settings
 * @param inputs version by table that was read
 * @param outputs version by table that was written, after the last commit
 * @param contents content of each of those
 */
record StageProgress(
    String basis,
    Map<String, Long> inputs,
    Map<String, Long> outputs,
    Map<String, ContentHash> contents) {
  private static final int SCHEMA_VERSION = 1;

  StageProgress {
    inputs = new TreeMap<>(inputs);
    outputs = new TreeMap<>(outputs);
    contents = new TreeMap<>(contents);
  }

  /** What is remembered; empty if nothing is, or it was written in another shape or not to end. */
  static Optional<StageProgress> read(Bucket bucket, String stage) throws IOException {
    Optional<byte[]> json = bucket.read(LakeLayout.progress(stage));
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.mapper().readTree(json.get());
      return node.path("schema_version").asInt() == SCHEMA_VERSION
          ? Optional.of(progress(node))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // A local folder may keep a part of what was written when the machine stopped.
      return Optional.empty();
    }
  }

  private static StageProgress progress(JsonNode node) {
    Map<String, Long> inputs = new TreeMap<>();
    node.path("inputs")
        .properties()
        .forEach(table -> inputs.put(table.getKey(), table.getValue().asLong()));
    Map<String, Long> outputs = new TreeMap<>();
    Map<String, ContentHash> contents = new TreeMap<>();
    for (Map.Entry<String, JsonNode> table : node.path("outputs").properties()) {
      outputs.put(table.getKey(), table.getValue().path("version").asLong());
      contents.put(
          table.getKey(), ContentHash.parse(table.getValue().path("content_hash").asText()));
    }
    return new StageProgress(node.path("basis").asText(), inputs, outputs, contents);
  }

  void write(Bucket bucket, String stage) throws IOException {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("basis", basis);
    ObjectNode read = node.putObject("inputs");
    inputs.forEach(read::put);
    ObjectNode written = node.putObject("outputs");
    outputs.forEach(
        (table, version) ->
            written
                .putObject(table)
                .put("version", version)
                .put("content_hash", contents.get(table).toString()));
    bucket.write(
        LakeLayout.progress(stage),
        (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
