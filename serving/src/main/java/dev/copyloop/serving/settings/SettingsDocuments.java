package dev.copyloop.serving.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.serving.secrets.SecretBox;
import java.io.IOException;
import java.util.Optional;

/** The two documents that a snapshot is made of, as PostgreSQL gives them. */
record SettingsDocuments(String settings, String credentials) {

  /**
   * Compiles them.
   *
   * @throws IOException if a document can't be read
   * @throws IllegalArgumentException if a part can't be compiled
   */
  Snapshot compile(SecretBox secrets, Optional<Snapshot> before) throws IOException {
    return Snapshot.of(SettingsJson.read(settings), Credentials.read(credentials, secrets), before);
  }

  /** The settings' version; -1 if there is none to read. */
  long version() {
    try {
      return Json.mapper().readTree(settings).path("version").asLong(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Both in one JSON text, for the file. */
  String json() throws IOException {
    ObjectNode both = Json.mapper().createObjectNode();
    both.set("settings", Json.mapper().readTree(settings));
    both.set("credentials", Json.mapper().readTree(credentials));
    return both.toString();
  }

  static SettingsDocuments ofJson(String text) throws IOException {
    JsonNode both = Json.mapper().readTree(text);
    if (!both.has("settings") || !both.has("credentials")) {
      throw new IOException("it holds no settings and credentials");
    }
    return new SettingsDocuments(
        both.get("settings").toString(), both.get("credentials").toString());
  }

  @Override
  public String toString() {
    return "SettingsDocuments[hidden]";
  }
}
