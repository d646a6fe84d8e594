package dev.copyloop.jobs.compact;

import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was decided about the lines of a batch and the rows they meet. A line that is not mentioned
 * brings a row as it is: so this stays small however large the night.
 */
final class Verdicts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<Integer, BitSet> unwritten = new HashMap<>();
  private final Map<Integer, Long> duplicates = new HashMap<>();
  private final Map<Integer, Long> superseded = new HashMap<>();
  private final Map<LinePlace, String> inheritedBatches = new HashMap<>();
  private final Map<LinePlace, Calls> mergedCalls = new HashMap<>();
  private final Map<String, RowChange> rowChanges = new HashMap<>();
  private final TreeSet<Integer> rewrittenDays = new TreeSet<>();
  private long reused;
  private long disagreeing;

  /** A line of the batch. */
  record LinePlace(int object, int line) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What happens to a row that a table has. */
  sealed interface RowChange extends Serializable {

    /** A line of this batch takes its place. */
    record Removed() implements RowChange {
      private static final long serialVersionUID = 1L;
    }

    /** It stays, with more calls. */
    record MoreCalls(Calls calls) implements RowChange {
      private static final long serialVersionUID = 1L;
    }
  }

  /** The line brings no row. */
  void unwritten(LineKey line) {
    unwritten.computeIfAbsent(line.object(), object -> new BitSet()).set(line.line());
  }

  /** The line tells what another line told. */
  void duplicate(LineKey line) {
    duplicates.merge(line.object(), 1L, Long::sum);
  }

  /** The line is a call that was answered again later, or one more than the tables know. */
  void superseded(LineKey line) {
    superseded.merge(line.object(), 1L, Long::sum);
  }

  /** The line's row takes the place of one that an older batch brought. */
  void inherits(LineKey line, String batchId) {
    inheritedBatches.put(new LinePlace(line.object(), line.line()), batchId);
  }

  /** The line's generation was answered several times, or the tables know it. */
  void merged(LineKey line, Calls calls) {
    mergedCalls.put(new LinePlace(line.object(), line.line()), calls);
  }

  /** A row of a table changes, so its day is written anew. */
  void change(String landingPlace, int day, RowChange change) {
    rowChanges.put(landingPlace, change);
    rewrittenDays.add(day);
  }

  /** An event id stands for events of several days. */
  void reused() {
    reused++;
  }

  /** Calls of one generation answered with different copies. */
  void disagreeing() {
    disagreeing++;
  }

  /** Adds the verdicts of another bucket. */
  Verdicts merge(Verdicts other) {
    other.unwritten.forEach(
        (object, lines) ->
            unwritten.merge(
                object,
                lines,
                (mine, theirs) -> {
                  mine.or(theirs);
                  return mine;
                }));
    other.duplicates.forEach((object, count) -> duplicates.merge(object, count, Long::sum));
    other.superseded.forEach((object, count) -> superseded.merge(object, count, Long::sum));
    inheritedBatches.putAll(other.inheritedBatches);
    mergedCalls.putAll(other.mergedCalls);
    rowChanges.putAll(other.rowChanges);
    rewrittenDays.addAll(other.rewrittenDays);
    reused += other.reused;
    disagreeing += other.disagreeing;
    return this;
  }

  boolean writes(int object, int line) {
    BitSet lines = unwritten.get(object);
    return lines == null || !lines.get(line);
  }

  /** How many lines of an object bring no row. */
  long unwrittenLines(int object) {
    BitSet lines = unwritten.get(object);
    return lines == null ? 0 : lines.cardinality();
  }

  long duplicates(int object) {
    return duplicates.getOrDefault(object, 0L);
  }

  long superseded(int object) {
    return superseded.getOrDefault(object, 0L);
  }

  /** The older batch whose row the line's takes the place of; null: none. */
  String inheritedBatch(int object, int line) {
    return inheritedBatches.get(new LinePlace(object, line));
  }

  /** The calls of a line's generation; null: this line alone. */
  Calls callsOf(int object, int line) {
    return mergedCalls.get(new LinePlace(object, line));
  }

  Map<String, RowChange> rowChanges() {
    return rowChanges;
  }

  /** Epoch days whose rows change. */
  Set<Integer> rewrittenDays() {
    return rewrittenDays;
  }

  long reusedIds() {
    return reused;
  }

  long disagreeingGenerations() {
    return disagreeing;
  }
}
