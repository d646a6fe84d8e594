package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.RunMode;
import dev.copyloop.jobs.run.RunRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The days that a run compares with their manifests whether or not their files changed: those of a
 * backfill's range, with a day on either side for the org's own time zone; all of a rebuild.
 */
interface ForcedDays {

  /** Whether a day, or {@link ExportDatasets#ALL}, is one of them. */
  boolean contains(String day);

  static ForcedDays of(RunRequest request) {
    if (request.mode() == RunMode.NIGHTLY) {
      return day -> false;
    }
    if (request.mode() == RunMode.REBUILD) {
      return day -> true;
    }
    LocalDate first = date(request.range().from().orElseThrow()).minusDays(1);
    LocalDate last = date(request.range().to().orElseThrow()).plusDays(1);
    return day ->
        day.equals(ExportDatasets.ALL)
            || (!LocalDate.parse(day).isBefore(first) && !LocalDate.parse(day).isAfter(last));
  }

  private static LocalDate date(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
