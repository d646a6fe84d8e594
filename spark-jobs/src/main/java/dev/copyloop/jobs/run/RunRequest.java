package dev.copyloop.jobs.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run was asked to do.
 *
 * @param runId up to 100 letters, digits, dots, hyphens and underscores; a retry keeps it
 * @param range of a backfill the hours to recompute, by occurred_at; else the landing hours to take
 * @param org the only org whose figures are recomputed; empty: all
 */
public record RunRequest(String runId, RunMode mode, TimeRange range, Optional<String> org) {

  public RunRequest {
    RunId.checked(runId);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(org, "org");
    if (mode == RunMode.BACKFILL && (range.from().isEmpty() || range.to().isEmpty())) {
      throw JobException.usage("Missing range: a backfill needs --from and --to");
    }
  }

  /** A night over the landing hours of a range. */
  public static RunRequest nightly(String runId, TimeRange range) {
    return new RunRequest(runId, RunMode.NIGHTLY, range, Optional.empty());
  }

  /** What it does, for those who wait for it. */
  public String purpose() {
    return "%s from %s to %s"
        .formatted(
            mode.label(),
            range.from().map(Instant::toString).orElse("the beginning"),
            range.to().map(Instant::toString).orElse("now"));
  }

  /** Landing objects of this hour and later are left to another run; empty: none are. */
  public Optional<Instant> landedBefore() {
    return mode == RunMode.NIGHTLY ? range.to() : Optional.empty();
  }
}
