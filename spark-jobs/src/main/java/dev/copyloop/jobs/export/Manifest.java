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
import java.util.TreeMap;

/**
 * {@code _manifest.json}: what a part contains and how it came about.
 *
 * <p>{@code rows}, {@code content_hash}, {@code shape} and {@code files} (name, bytes, sha256,
 * etag) describe the content. {@code final_after} and {@code expected_missing} say how far it can
 * still change, and {@code origin} says which run, code, settings and tables made it; none of them
 * is hashed. A day's manifest of an hourly dataset has 24 entries {@code hours}, each with what the
 * hour's own manifest says: it is written after its parts, so its presence means that the day is
 * complete.
 */
final class Manifest {

  static final int SCHEMA_VERSION = 2;

  private static final int HOURS = 24;

  private Manifest() {}

  /** A part's manifest. */
  static byte[] ofPart(
      String dataset, WrittenPart part, PublishedPart content, Maturity maturity, Origin origin) {
    ObjectNode node = head(dataset, part.org(), part.part(), content.rows());
    describe(node, content);
    return complete(node, maturity, origin);
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
      Map<Integer, PublishedPart> hours,
      Maturity maturity,
      Origin origin) {
    long rows = hours.values().stream().mapToLong(PublishedPart::rows).sum();
    ObjectNode node = head(dataset, org, day, rows);
    ArrayNode entries = node.putArray("hours");
    for (int hour = 0; hour < HOURS; hour++) {
      ObjectNode entry = entries.addObject().put("hour", hour);
      PublishedPart content = hours.get(hour);
      if (content == null) {
        entry.put("rows", 0).putNull("content_hash");
      } else {
        describe(entry.put("rows", content.rows()), content);
      }
    }
    return complete(node, maturity, origin);
  }

  private static ObjectNode head(String dataset, String org, String part, long rows) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("dataset", dataset);
    node.put("org", org);
    node.put("partition", part);
    node.put("rows", rows);
    return node;
  }

  private static void describe(ObjectNode node, PublishedPart content) {
    node.put("content_hash", content.contentHash());
    node.put("shape", content.shape());
    ArrayNode files = node.putArray("files");
    for (ExportedFile file : content.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256())
          .put("etag", file.etag());
    }
  }

  private static byte[] complete(ObjectNode node, Maturity maturity, Origin origin) {
    node.put("final_after", maturity.finalAfter().map(Instant::toString).orElse(null));
    if (maturity.expectedMissing().isPresent()) {
      node.putObject("expected_missing")
          .put("share", maturity.expectedMissing().getAsDouble())
          .put("as_of", maturity.asOf().toString());
    } else {
      node.putNull("expected_missing");
    }
    ObjectNode by = node.putObject("origin");
    by.put("run_id", origin.runId());
    by.put("code_version", origin.codeVersion());
    by.put("settings_sha256", origin.settingsSha256());
    by.put("published", origin.published());
    by.putArray("inputs")
        .addObject()
        .put("table", LakeLayout.table(origin.table()))
        .put("version", origin.tableVersion());
    // One line: loaders that read lines of JSON read it too.
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What a part's manifest says. */
  static PublishedPart part(byte[] manifest) throws IOException {
    return part(Json.mapper().readTree(manifest));
  }

  private static PublishedPart part(JsonNode node) {
    List<ExportedFile> files = new ArrayList<>();
    for (JsonNode file : node.path("files")) {
      files.add(
          new ExportedFile(
              file.path("name").asText(),
              file.path("bytes").asLong(),
              file.path("sha256").asText(),
              file.path("etag").asText()));
    }
    return new PublishedPart(
        node.path("rows").asLong(),
        node.path("content_hash").asText(),
        node.path("shape").asText(),
        files);
  }

  /** The hours that a day's manifest names, those left out that never had rows. */
  static Map<Integer, PublishedPart> hours(byte[] manifest) throws IOException {
    Map<Integer, PublishedPart> hours = new TreeMap<>();
    for (JsonNode entry : Json.mapper().readTree(manifest).path("hours")) {
      if (entry.hasNonNull("content_hash")) {
        hours.put(entry.path("hour").asInt(), part(entry));
      }
    }
    return hours;
  }
}
