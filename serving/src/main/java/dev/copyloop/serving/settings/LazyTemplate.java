package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.decide.CompiledTemplate;

/**
 * A template that is compiled when it is first asked for: of thousands, few are called in an hour,
 * and parsing all their texts would keep a start waiting and fill its memory. Thread-safe.
 */
public final class LazyTemplate {
  private final Template source;
  private volatile CompiledTemplate compiled;

  LazyTemplate(Template source) {
    this.source = source;
  }

  /** Its settings. */
  Template source() {
    return source;
  }

  /**
   * The compiled template.
   *
   * @throws IllegalArgumentException naming it, if it can't be compiled
   */
  CompiledTemplate compiled() {
    CompiledTemplate known = compiled;
    if (known != null) {
      return known;
    }
    try {
      // Two callers at once compile it twice, to equal results.
      CompiledTemplate made = CompiledTemplate.of(source);
      compiled = made;
      return made;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot compile template " + source.id() + ": " + e.getMessage(), e);
    }
  }
}
