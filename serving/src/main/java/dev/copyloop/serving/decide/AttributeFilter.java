package dev.copyloop.serving.decide;

import java.util.Map;

/** A variant's rule, compiled. Thread-safe. */
@FunctionalInterface
public interface AttributeFilter {
  /** Admits everybody. */
  AttributeFilter EVERYBODY = attributes -> true;

  /** Whether a person with these attributes, values in lower case, may get the variant. */
  boolean admits(Map<String, String> attributes);
}
