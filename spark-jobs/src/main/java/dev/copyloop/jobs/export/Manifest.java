package dev.copyloop.jobs.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code _manifest.json}: what a part contains and how it came about.
 *
 * <p>{@code rows}, {@code content_hash}, {@code files} (name, bytes, sha256) and {@code
 * schema_version} describe the content. {@code final_after} is when late data can change it no
 * more, and {@code origin} says which run, code, settings and tables made it; neither is hashed. A
 * day's manifest has 24 entries {@code hours}, each with its rows and content hash: it is written
 * after its parts, so its presence means that the day is complete.
 */
final class Manifest {

  static final int SCHEMA_VERSION = 1;

  private Manifest() {}

  /** A part's manifest. */
  static byte[] ofPart(
      String dataset,
      WrittenPart part,
      String contentHash,
      Optional<Instant> finalAfter,
      Origin origin) {
    ObjectNode node = head(dataset, part.org(), part.part(), part.rows());
    node.put("content_hash", contentHash);
    ObjectNode file = node.putArray("files").addObject();
    file.put("name", LakeLayout.FIRST_PART);
    file.put("bytes", part.bytes());
    file.put("sha256", part.sha256());
    return complete(node, dataset, finalAfter, origin);
  }

  /**
   * A day's manifest.
   *
   * @param hours hour of the day (0 to 23) to its content; absent: never had rows
   */
  static byte[] ofDay(
      String dataset,
      String org,
      String day,
      Map<Integer, HourEntry> hours,
      Optional<Instant> finalAfter,
      Origin origin) {
    long rows = hours.values().stream().mapToLong(HourEntry::rows).sum();
    ObjectNode node = head(dataset, org, day, rows);
    ArrayNode entries = node.putArray("hours");
    for (int hour = 0; hour < 24; hour++) {
      HourEntry entry = hours.get(hour);
      ObjectNode line = entries.addObject();
      line.put("hour", hour);
      line.put("rows", entry == null ? 0 : entry.rows());
      line.put("content_hash", entry == null ? null : entry.contentHash());
    }
    return complete(node, dataset, finalAfter, origin);
  }

  /** One hour of a day's manifest that has or had rows. */
  record HourEntry(long rows, String contentHash) {}

  private static ObjectNode head(String dataset, String org, String part, long rows) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("dataset", dataset);
    node.put("org", org);
    node.put("partition", part);
    node.put("rows", rows);
    return node;
  }

  private static byte[] complete(
      ObjectNode node, String dataset, Optional<Instant> finalAfter, Origin origin) {
    node.put("final_after", finalAfter.map(Instant::toString).orElse(null));
    ObjectNode by = node.putObject("origin");
    by.put("run_id", origin.runId());
    by.put("code_version", origin.codeVersion());
    by.put("settings_sha256", origin.settingsSha256());
    by.putArray("inputs").add(LakeLayout.table(dataset));
    return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The content hash that a part's manifest names. */
  static Optional<String> contentHash(byte[] manifest) throws IOException {
    return Optional.ofNullable(Json.mapper().readTree(manifest).get("content_hash"))
        .map(JsonNode::asText);
  }

  /** The hours that a day's manifest names, those left out that never had rows. */
  static Map<Integer, HourEntry> hours(byte[] manifest) throws IOException {
    Map<Integer, HourEntry> hours = new TreeMap<>();
    List<JsonNode> entries = new ArrayList<>();
    Json.mapper().readTree(manifest).path("hours").forEach(entries::add);
    for (JsonNode entry : entries) {
      if (!entry.path("content_hash").isNull()) {
        hours.put(
            entry.path("hour").asInt(),
            new HourEntry(entry.path("rows").asLong(), entry.path("content_hash").asText()));
      }
    }
    return hours;
  }
}
