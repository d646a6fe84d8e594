package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.JobResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replay did, or would do.
 *
 * @param batch that holds what was recovered; empty: nothing was written
 * @param recovered lines that are understood now, by the reason they were set aside for
 * @param remaining lines that are not, by that reason
 */
public record ReplayResult(
    Optional<String> batch, int objects, Map<String, Long> recovered, Map<String, Long> remaining)
    implements JobResult {

  public ReplayResult {
    recovered = new TreeMap<>(recovered);
    remaining = new TreeMap<>(remaining);
  }

  @Override
  public List<String> summary() {
    return List.of(
        "%s %s of %,d objects, %s remain in quarantine"
            .formatted(
                batch.isPresent() ? "recovered" : "would recover",
                lines(recovered),
                objects,
                lines(remaining)));
  }

  private static String lines(Map<String, Long> reasons) {
    long all = reasons.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 ? "no lines" : "%,d lines %s".formatted(all, reasons);
  }
}
