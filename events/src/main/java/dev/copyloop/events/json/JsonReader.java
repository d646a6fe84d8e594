package dev.copyloop.events.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads one value out of JSON that others read too. */
@FunctionalInterface
public interface JsonReader<T> {

  /**
   * Reads the value at whose first token the parser stands, and leaves it at the value's last.
   *
   * @throws IOException if it is not such a value
   */
  T read(JsonParser json) throws IOException;
}
