package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges the calls of one generation into its row: the latest answered, by (decided_at, SHA-256 of
 * the body), whatever arrived first, on whatever day; the others are superseded. A call that landed
 * twice is a duplicate.
 */
final class GenerationMerge {
  /** The better first. */
  private static final Comparator<LineKey> ORDER =
      Comparator.comparingLong(LineKey::rank)
          .thenComparing(LineKey::sha, Long::compareUnsigned)
          .reversed()
          .thenComparingLong(LineKey::receivedAt);

  private static final Comparator<LineKey> TOTAL_ORDER =
      ORDER.thenComparingInt(LineKey::object).thenComparingInt(LineKey::line);

  private final String batchId;
  private final List<String> objects;
  private final Verdicts verdicts = new Verdicts();

  private GenerationMerge(String batchId, List<String> objects) {
    this.batchId = batchId;
    this.objects = objects;
  }

  /** The verdicts on one bucket of a batch that consists of these objects. */
  static Verdicts decide(String batchId, List<String> objects, Iterator<byte[]> blocks) {
    GenerationMerge merge = new GenerationMerge(batchId, objects);
    for (List<LineKey> same : SameKeys.in(blocks)) {
      merge.decide(same);
    }
    return merge.verdicts;
  }

  private void decide(List<LineKey> same) {
    Optional<LineKey> row = same.stream().filter(LineKey::existing).findFirst();
    List<LineKey> lines = new ArrayList<>(same);
    lines.removeIf(LineKey::existing);
    if (lines.isEmpty()) {
      return;
    }
    lines.sort(TOTAL_ORDER);
    Optional<ExistingRow> existing = row.map(ExistingRow::of);
    Map<String, String> calls = new TreeMap<>();
    existing.ifPresent(known -> addCalls(known, calls));
    count(lines, calls, existing);
    boolean rowStays = row.isPresent() && ORDER.compare(row.get(), lines.get(0)) <= 0;
    for (LineKey line : rowStays ? lines : lines.subList(1, lines.size())) {
      verdicts.unwritten(line);
    }
    apply(lines.get(0), rowStays, row, existing, calls);
    if (same.stream().mapToLong(LineKey::content).distinct().count() > 1) {
      verdicts.disagreeing();
    }
  }

  private static void addCalls(ExistingRow known, Map<String, String> calls) {
    for (int i = 0; i < known.callIds().size(); i++) {
      calls.put(known.callIds().get(i), known.callLines().get(i));
    }
  }

  /** Adds the lines' calls to those known, and counts each line. */
  private void count(
      List<LineKey> lines, Map<String, String> calls, Optional<ExistingRow> existing) {
    boolean brought = existing.map(known -> known.batchId().equals(batchId)).orElse(true);
    for (LineKey line : lines) {
      String place = LandingPlace.of(objects.get(line.object()), line.line());
      String known = calls.putIfAbsent(line.text(), place);
      if (known != null && !known.equals(place)) {
        verdicts.duplicate(line);
      } else if (brought) {
        // The first distinct call is the generation, counted as kept.
        brought = false;
      } else {
        verdicts.superseded(line);
      }
    }
  }

  private void apply(
      LineKey best,
      boolean rowStays,
      Optional<LineKey> row,
      Optional<ExistingRow> existing,
      Map<String, String> calls) {
    Calls merged =
        new Calls(
            List.copyOf(calls.keySet()),
            List.copyOf(calls.values()),
            existing.map(ExistingRow::batchId).orElse(batchId));
    if (!rowStays) {
      if (merged.ids().size() > 1 || existing.isPresent()) {
        verdicts.merged(best, merged);
      }
      row.ifPresent(
          old ->
              verdicts.change(
                  existing.orElseThrow().place(), old.day(), new Verdicts.RowChange.Removed()));
    } else if (!merged.ids().equals(existing.orElseThrow().callIds())) {
      verdicts.change(
          existing.orElseThrow().place(),
          row.orElseThrow().day(),
          new Verdicts.RowChange.MoreCalls(merged));
    }
  }
}
