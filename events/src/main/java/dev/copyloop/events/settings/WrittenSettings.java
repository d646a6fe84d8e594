package dev.copyloop.events.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A settings document cut into its templates, each kept as the JSON that it came as: of thousands,
 * few are called in an hour, and a tree of all of them is most of a process's memory.
 *
 * @param version as in {@link Settings}
 */
public record WrittenSettings(long version, List<WrittenOrg> orgs) {

  public WrittenSettings {
    orgs = List.copyOf(orgs);
  }

  /**
   * An org.
   *
   * @param org without its templates
   * @param templates by id, UTF-8, for {@link SettingsJson#readTemplate}
   */
  public record WrittenOrg(Org org, Map<String, byte[]> templates) {
    public WrittenOrg {
      templates = Map.copyOf(templates);
    }
  }

  /**
   * Cuts a document, UTF-8. What is in a template is looked at when it is read.
   *
   * @throws IOException if it is not JSON or a value is missing or wrong; the message names it
   */
  public static WrittenSettings read(byte[] document) throws IOException {
    return SettingsJson.reading(
        "settings",
        () -> {
          try (JsonParser json = Json.factory().createParser(document)) {
            return new Cutter(json, document).settings();
          }
        });
  }

  /** Walks over one document. */
  private static final class Cutter {
    private final JsonParser json;
    private final byte[] document;

    Cutter(JsonParser json, byte[] document) {
      this.json = json;
      this.document = document;
    }

    WrittenSettings settings() throws IOException {
      require(json.nextToken() == JsonToken.START_OBJECT, "the document is not an object");
      ObjectNode members = Json.mapper().createObjectNode();
      List<WrittenOrg> orgs = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if ("orgs".equals(name)) {
          orgs = orgs();
        } else {
          put(members, name);
        }
      }
      require(json.nextToken() == null, "something follows the document");
      return new WrittenSettings(JsonMembers.wholeNumber(members, "version"), orgs);
    }

    private List<WrittenOrg> orgs() throws IOException {
      List<WrittenOrg> orgs = new ArrayList<>();
      boolean inside = intoArray("orgs");
      while (inside && intoObject("orgs")) {
        orgs.add(org());
      }
      return orgs;
    }

    private WrittenOrg org() throws IOException {
      ObjectNode members = Json.mapper().createObjectNode();
      Map<String, byte[]> templates = Map.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if ("templates".equals(name)) {
          templates = templates();
        } else {
          put(members, name);
        }
      }
      return new WrittenOrg(SettingsJson.org(members), templates);
    }

    private Map<String, byte[]> templates() throws IOException {
      Map<String, byte[]> templates = new HashMap<>();
      boolean inside = intoArray("templates");
      while (inside && intoObject("templates")) {
        int start = (int) json.currentTokenLocation().getByteOffset();
        String id = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean isId = "template_id".equals(json.currentName());
          id = json.nextToken() == JsonToken.VALUE_STRING && isId ? json.getText() : id;
          json.skipChildren();
        }
        require(id != null, "a template has no template_id");
        int end = (int) json.currentLocation().getByteOffset();
        templates.put(id, Arrays.copyOfRange(document, start, end));
      }
      return templates;
    }

    /** Goes into the array that is the member's value; false if it is null. */
    private boolean intoArray(String member) throws IOException {
      JsonToken token = json.nextToken();
      require(
          token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL,
          member + " is not an array");
      return token == JsonToken.START_ARRAY;
    }

    /** Goes into the array's next object; false at its end. */
    private boolean intoObject(String member) throws IOException {
      JsonToken token = json.nextToken();
      require(
          token == JsonToken.START_OBJECT || token == JsonToken.END_ARRAY,
          member + " is not an array of objects");
      return token == JsonToken.START_OBJECT;
    }

    private void put(ObjectNode members, String name) throws IOException {
      json.nextToken();
      int start = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      json.finishToken();
      int end = (int) json.currentLocation().getByteOffset();
      members.set(name, Json.mapper().readTree(document, start, end - start));
    }

    private static void require(boolean holds, String problem) {
      if (!holds) {
        throw new IllegalArgumentException(problem);
      }
    }
  }
}
