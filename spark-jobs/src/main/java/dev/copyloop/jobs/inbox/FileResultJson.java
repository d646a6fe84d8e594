package dev.copyloop.jobs.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/** {@code <file>.result.json}: what its sender reads. */
final class FileResultJson {
  private static final int SCHEMA_VERSION = 1;

  private FileResultJson() {}

  static byte[] write(FileResult result) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("file", result.file());
    node.put("version", result.version());
    node.put("arrived_at", result.arrivedAt());
    node.put("problem", result.problem());
    node.put("rows", result.rows());
    node.put("taken", result.taken());
    node.put("rejected", result.rejected());
    ObjectNode reasons = node.putObject("reasons");
    new TreeMap<>(result.reasons()).forEach(reasons::put);
    ArrayNode rejections = node.putArray("rejections");
    for (FileResult.Rejection rejection : result.rejections()) {
      rejections
          .addObject()
          .put("row", rejection.row())
          .put("reason", rejection.reason())
          .put("detail", rejection.detail());
    }
    ArrayNode objects = node.putArray("landing_objects");
    result.objects().forEach(objects::add);
    return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The version that a result is about; empty if it is no result. */
  static Optional<String> version(byte[] json) {
    try {
      return Optional.ofNullable(Json.mapper().readTree(json).get("version")).map(JsonNode::asText);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
