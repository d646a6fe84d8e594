package dev.copyloop.serving.customevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a body into its items: one object, an array, or NDJSON.
 *
 * @param items each with its own bytes, verbatim
 * @param broken why what follows the last item could not be read; empty if all was
 */
record EventItems(List<byte[]> items, Optional<String> broken) {
  /** Where no byte is: the parser counts characters of what it takes for UTF-16 or UTF-32. */
  private static final long NOWHERE = -1;

  /** Cuts a body. A pretty-printed object is one item; anything else goes line by line. */
  static EventItems of(byte[] body) {
    int first = firstByte(body);
    if (first < 0) {
      return new EventItems(List.of(), Optional.empty());
    }
    if (first == '[') {
      return ofArray(body);
    }
    return isOneValue(body)
        ? new EventItems(List.of(trimmed(body)), Optional.empty())
        : lines(body);
  }

  private static int firstByte(byte[] body) {
    for (byte b : body) {
      if (b > ' ') {
        return b;
      }
    }
    return -1;
  }

  private static boolean isOneValue(byte[] body) {
    try (JsonParser json = Json.factory().createParser(body)) {
      json.nextToken();
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static EventItems ofArray(byte[] body) {
    List<byte[]> items = new ArrayList<>();
    try (JsonParser json = Json.factory().createParser(body)) {
      json.nextToken();
      if (json.currentTokenLocation().getByteOffset() == NOWHERE) {
        return new EventItems(items, Optional.of("The array is not in UTF-8: send it so"));
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        int start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        int end = (int) json.currentLocation().getByteOffset();
        items.add(Arrays.copyOfRange(body, start, end));
      }
      return json.nextToken() == null
          ? new EventItems(items, Optional.empty())
          : new EventItems(items, Optional.of("There is text after the array"));
    } catch (IOException e) {
      return new EventItems(
          items,
          Optional.of(
              "The array is no JSON after item "
                  + items.size()
                  + ": what follows was not taken; send it again"));
    }
  }

  private static EventItems lines(byte[] body) {
    List<byte[]> items = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        byte[] line = trimmed(Arrays.copyOfRange(body, start, at));
        if (line.length > 0) {
          items.add(line);
        }
        start = at + 1;
      }
    }
    return new EventItems(items, Optional.empty());
  }

  private static byte[] trimmed(byte[] bytes) {
    int start = 0;
    int end = bytes.length;
    while (start < end && bytes[start] >= 0 && bytes[start] <= ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
      end--;
    }
    return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
  }
}
