package dev.copyloop.serving.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  String json() {
    return "{\"settings\":" + settings + ",\"credentials\":" + credentials + "}";
  }

  /** Cuts them out of that text again: a tree of it would be the largest part of a start. */
  static SettingsDocuments ofJson(String text) throws IOException {
    String settings = null;
    String credentials = null;
    try (JsonParser json = Json.factory().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        String document = text.substring(start, (int) json.currentLocation().getCharOffset());
        switch (name) {
          case "settings" -> settings = document;
          case "credentials" -> credentials = document;
          // Of another release.
          default -> {}
        }
      }
    }
    if (settings == null || credentials == null) {
      throw new IOException("it holds no settings and credentials");
    }
    return new SettingsDocuments(settings, credentials);
  }

  @Override
  public String toString() {
    return "SettingsDocuments[hidden]";
  }
}
