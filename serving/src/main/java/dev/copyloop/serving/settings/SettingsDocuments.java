package dev.copyloop.serving.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.WrittenSettings;
import dev.copyloop.serving.secrets.SecretBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two documents that a snapshot is made of, as PostgreSQL gives them.
 *
 * @param settings UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and large.
record SettingsDocuments(byte[] settings, String credentials) {

  /**
   * Compiles them.
   *
   * @throws IOException if a document can't be read
   * @throws IllegalArgumentException if a part can't be compiled
   */
  Snapshot compile(SecretBox secrets, Optional<Snapshot> before) throws IOException {
    return Snapshot.of(
        WrittenSettings.read(settings), Credentials.read(credentials, secrets), before);
  }

  /** The settings' version; -1 if there is none to read. */
  long version() {
    try {
      return Json.mapper().readTree(settings).path("version").asLong(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Both in one JSON text, UTF-8, for the file. */
  ByteBuffer[] json() {
    return new ByteBuffer[] {
      utf8("{\"credentials\":" + credentials + ",\"settings\":"),
      ByteBuffer.wrap(settings),
      utf8("}")
    };
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Cuts them out of that text again: a tree of it would be the largest part of a start. */
  static SettingsDocuments ofJson(byte[] text) throws IOException {
    byte[] settings = null;
    String credentials = null;
    try (JsonParser json = Json.factory().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        int start = (int) json.currentTokenLocation().getByteOffset();
        if ("settings".equals(name) && credentials != null) {
          // The last member, as it is written here: whoever reads it walks over it.
          return new SettingsDocuments(
              Arrays.copyOfRange(text, start, lastBrace(text)), credentials);
        }
        json.skipChildren();
        int end = (int) json.currentLocation().getByteOffset();
        switch (name) {
          case "settings" -> settings = Arrays.copyOfRange(text, start, end);
          case "credentials" ->
              credentials = new String(text, start, end - start, StandardCharsets.UTF_8);
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

  private static int lastBrace(byte[] text) {
    int at = text.length - 1;
    while (at > 0 && text[at] != '}') {
      at--;
    }
    return at;
  }

  @Override
  public String toString() {
    return "SettingsDocuments[hidden]";
  }
}
