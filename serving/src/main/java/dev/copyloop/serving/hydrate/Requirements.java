package dev.copyloop.serving.hydrate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields a text can't do without, as a conjunction: of each clause at least one path must be
 * present. Immutable.
 */
public record Requirements(List<Set<String>> clauses) {
  /** A text that needs nothing. */
  public static final Requirements NONE = new Requirements(List.of());

  public Requirements {
    clauses = List.copyOf(clauses);
  }

  /** Whether these fields are enough. */
  public boolean metBy(Fields fields) {
    for (Set<String> clause : clauses) {
      if (!anyPresent(clause, fields)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyPresent(Set<String> clause, Fields fields) {
    for (String path : clause) {
      if (fields.has(path)) {
        return true;
      }
    }
    return false;
  }

  /** Both together. */
  public Requirements and(Requirements other) {
    Set<Set<String>> all = new LinkedHashSet<>(clauses);
    all.addAll(other.clauses);
    return new Requirements(List.copyOf(all));
  }

  /** The clauses for people: {@code first_name, nick or name}. */
  public String text() {
    return clauses.stream()
        .map(clause -> String.join(" or ", clause))
        .collect(Collectors.joining(", "));
  }
}
