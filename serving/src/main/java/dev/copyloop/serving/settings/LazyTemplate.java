package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.serving.decide.CompiledTemplate;
import java.io.IOException;
import java.util.Arrays;

/**
 * A template that is read and compiled when it is first asked for: of thousands, few are called in
 * an hour, and parsing all their texts would keep a start waiting and fill its memory. Thread-safe.
 */
public final class LazyTemplate {
  private final String id;
  private final byte[] written;
  private volatile CompiledTemplate compiled;

  /**
   * @param written as it stands in the settings document; not changed by the caller from here on
   */
  LazyTemplate(String id, byte[] written) {
    this.id = id;
    this.written = written;
  }

  /** Whether it was written so. */
  boolean isWritten(byte[] document) {
    return Arrays.equals(written, document);
  }

  /**
   * The compiled template.
   *
   * @throws IllegalArgumentException naming it, if it can't be read or compiled
   */
  CompiledTemplate compiled() {
    CompiledTemplate known = compiled;
    if (known != null) {
      return known;
    }
    try {
      // Two callers at once compile it twice, to equal results.
      CompiledTemplate made = CompiledTemplate.of(SettingsJson.readTemplate(written));
      compiled = made;
      return made;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot compile template " + id + ": " + e.getMessage(), e);
    }
  }
}
