package dev.copyloop.stack.setup;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A variant to set up. */
public record CopyVariant(String copyId, String key, Map<String, String> vars) {
  public CopyVariant {
    vars = Map.copyOf(vars);
  }

  /** A variant whose id follows from its template and key, so that every run has the same. */
  public static CopyVariant of(String template, String key, Map<String, String> vars) {
    UUID id = UUID.nameUUIDFromBytes((template + "/" + key).getBytes(StandardCharsets.UTF_8));
    return new CopyVariant(id.toString(), key, vars);
  }
}
