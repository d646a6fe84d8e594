package dev.copyloop.jobs.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One published state of the lake, kept as {@code _published/<number>.json}: the versions of its
 * Delta tables that belong together and passed the audits. Readers take the highest number and read
 * each table as of the version it names.
 *
 * @param number from 1, without gaps
 * @param mode label of the run's mode
 * @param settingsSha256 the settings by which the run computed, {@code settings/<sha>.json}
 * @param versions Delta version by table
 * @param audits what was checked, one line each
 */
public record Publication(
    long number,
    Instant publishedAt,
    String runId,
    String mode,
    String codeVersion,
    String settingsSha256,
    Map<String, Long> versions,
    List<String> audits) {

  /** The version of the document; a reader takes this one. */
  static final int SCHEMA_VERSION = 1;

  public Publication {
    versions = new TreeMap<>(versions);
    audits = List.copyOf(audits);
  }

  /** The same with one more table. */
  public Publication with(String table, long version) {
    Map<String, Long> more = new TreeMap<>(versions);
    more.put(table, version);
    return new Publication(
        number, publishedAt, runId, mode, codeVersion, settingsSha256, more, audits);
  }

  /** The document, UTF-8 JSON. */
  byte[] json() {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("number", number);
    node.put("published_at", publishedAt.toString());
    node.put("run_id", runId);
    node.put("mode", mode);
    node.put("code_version", codeVersion);
    node.put("settings_sha256", settingsSha256);
    ObjectNode tables = node.putObject("tables");
    versions.forEach((table, version) -> tables.putObject(table).put("version", version));
    ArrayNode checked = node.putArray("audits");
    audits.forEach(checked::add);
    return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a document.
   *
   * @throws IOException if it is not one of a version this release reads
   */
  static Publication read(byte[] json) throws IOException {
    JsonNode node = Json.mapper().readTree(json);
    if (node.path("schema_version").asInt() != SCHEMA_VERSION) {
      throw new IOException(
          "Cannot read a published state of schema version %s: this release reads %d"
              .formatted(node.path("schema_version"), SCHEMA_VERSION));
    }
    Map<String, Long> versions = new TreeMap<>();
    node.path("tables")
        .properties()
        .forEach(table -> versions.put(table.getKey(), table.getValue().path("version").asLong()));
    List<String> audits = new ArrayList<>();
    node.path("audits").forEach(line -> audits.add(line.asText()));
    return new Publication(
        node.path("number").asLong(),
        Instant.parse(node.path("published_at").asText()),
        node.path("run_id").asText(),
        node.path("mode").asText(),
        node.path("code_version").asText(),
        node.path("settings_sha256").asText(),
        versions,
        audits);
  }
}
