package dev.copyloop.jobs.compact;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which lines of a landing object a batch takes: all, or some that were set aside before.
 * Immutable.
 */
final class LineChoice implements Serializable {
  private static final long serialVersionUID = 1L;

  static final LineChoice ALL = new LineChoice(null);

  /** Line to the workspace that verifies it by now, or to nothing; null: all lines. */
  private final HashMap<Integer, String> lines;

  private LineChoice(Map<Integer, String> lines) {
    this.lines = lines == null ? null : new HashMap<>(lines);
  }

  /** Only these lines, each with the workspace whose key verifies it by now, or null. */
  static LineChoice of(Map<Integer, String> lines) {
    return new LineChoice(lines);
  }

  boolean isAll() {
    return lines == null;
  }

  boolean takes(int line) {
    return lines == null || lines.containsKey(line);
  }

  /** The workspace that verifies a line which no key verified when it landed. */
  Optional<String> verifiedBy(int line) {
    return lines == null ? Optional.empty() : Optional.ofNullable(lines.get(line));
  }

  /** The lines that are taken of an object of which not all are. */
  Set<Integer> chosen() {
    return lines == null ? Set.of() : lines.keySet();
  }

  /** How many lines are taken of an object that has so many. */
  int count(int all) {
    return lines == null ? all : lines.size();
  }
}
