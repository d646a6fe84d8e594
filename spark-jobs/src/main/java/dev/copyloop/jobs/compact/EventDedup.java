package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides which of several lines of one event brings its row. Within a home day the winner is the
 * least by (received_at, SHA-256 of the body), whatever arrived first; the same id on another day
 * is another event.
 */
final class EventDedup {
  private static final Comparator<LineKey> ORDER =
      Comparator.comparingLong(LineKey::receivedAt)
          .thenComparing(LineKey::sha, Long::compareUnsigned);
  private static final Comparator<LineKey> TOTAL_ORDER =
      ORDER.thenComparingInt(LineKey::object).thenComparingInt(LineKey::line);

  private final String batchId;
  private final Verdicts verdicts = new Verdicts();

  private EventDedup(String batchId) {
    this.batchId = batchId;
  }

  /** The verdicts on one bucket of a batch. */
  static Verdicts decide(String batchId, Iterator<byte[]> blocks) {
    EventDedup dedup = new EventDedup(batchId);
    for (List<LineKey> same : SameKeys.in(blocks)) {
      dedup.decideId(same);
    }
    return dedup.verdicts;
  }

  private void decideId(List<LineKey> same) {
    Map<Integer, List<LineKey>> days = new TreeMap<>();
    same.forEach(key -> days.computeIfAbsent(key.day(), day -> new ArrayList<>()).add(key));
    if (days.size() > 1) {
      verdicts.reused();
    }
    days.values().forEach(this::decideDay);
  }

  private void decideDay(List<LineKey> same) {
    Optional<LineKey> row = same.stream().filter(LineKey::existing).findFirst();
    List<LineKey> lines = new ArrayList<>(same);
    lines.removeIf(LineKey::existing);
    lines.sort(TOTAL_ORDER);
    for (LineKey loser : lines.subList(Math.min(1, lines.size()), lines.size())) {
      verdicts.unwritten(loser);
      verdicts.duplicate(loser);
    }
    if (row.isPresent() && !lines.isEmpty()) {
      decideAgainst(row.get(), lines.get(0));
    }
  }

  /** A table has the event: from an older batch, or from this one before it was interrupted. */
  private void decideAgainst(LineKey row, LineKey line) {
    ExistingRow existing = ExistingRow.of(row);
    boolean broughtByThisBatch = existing.batchId().equals(batchId);
    if (ORDER.compare(line, row) < 0) {
      verdicts.change(existing.place(), row.day(), new Verdicts.RowChange.Removed());
      verdicts.inherits(line, existing.batchId());
    } else {
      verdicts.unwritten(line);
    }
    if (!broughtByThisBatch) {
      verdicts.duplicate(line);
    }
  }
}
