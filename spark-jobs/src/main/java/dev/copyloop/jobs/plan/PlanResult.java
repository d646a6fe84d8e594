package dev.copyloop.jobs.plan;

import dev.copyloop.jobs.compact.PendingLandings;
import dev.copyloop.jobs.run.JobResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run would do.
 *
 * @param mode label of the run's mode
 * @param landed what it consumes, by the clock of landing (received_at)
 * @param from first hour to recompute by the clock of events (occurred_at); empty: what new
 *     landings touch
 * @param days rows that lie there now, by UTC date of occurred_at
 * @param estimatedTime from the last published run's pace
 */
public record PlanResult(
    String mode,
    PendingLandings landed,
    Optional<Instant> from,
    Optional<Instant> to,
    Map<LocalDate, Rows> days,
    Duration estimatedTime)
    implements JobResult {

  public PlanResult {
    days = new TreeMap<>(days);
  }

  /** Rows of one day. */
  public record Rows(long events, long generations) {}

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("a " + mode + ", about " + estimatedTime.toSeconds() + " s");
    if (!landed.unfinishedBatches().isEmpty()) {
      lines.add("finishes batches " + String.join(", ", landed.unfinishedBatches()));
    }
    landed
        .sources()
        .forEach(
            (source, each) ->
                lines.add(
                    "consumes %s: %,d objects of %,d landing hours, %,d bytes, about %,d lines"
                        .formatted(
                            source,
                            each.objects(),
                            each.hours(),
                            each.bytes(),
                            each.estimatedLines())));
    lines.add(
        landed.firstHour().isEmpty()
            ? "nothing new has landed"
            : "landed from %s to %s"
                .formatted(landed.firstHour().get(), landed.lastHour().orElseThrow()));
    if (from.isPresent()) {
      lines.add(
          "recomputes what occurred from %s to %s: %,d days, %,d events, %,d generations"
              .formatted(
                  from.get(),
                  to.orElseThrow(),
                  days.size(),
                  days.values().stream().mapToLong(Rows::events).sum(),
                  days.values().stream().mapToLong(Rows::generations).sum()));
    }
    return lines;
  }
}
