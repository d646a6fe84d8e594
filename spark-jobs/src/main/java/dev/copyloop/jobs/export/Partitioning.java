package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** How an exported dataset is cut into parts, each with a file and a manifest of its own. */
enum Partitioning {
  /** By UTC hour; a part is spelled {@code 2026-11-03T05}. */
  HOUR {
    @Override
    String folder(String dataset, String part) {
      return LakeLayout.exportHour(dataset, start(part));
    }

    @Override
    Optional<Instant> end(String part, ZoneId zone) {
      return Optional.of(start(part).plus(Duration.ofHours(1)));
    }

    private Instant start(String part) {
      return Instant.parse(part + ":00:00Z");
    }
  },

  /** By day of the org; a part is spelled {@code 2026-11-03}. */
  DAY {
    @Override
    String folder(String dataset, String part) {
      return LakeLayout.exportDay(dataset, LocalDate.parse(part));
    }

    @Override
    Optional<Instant> end(String part, ZoneId zone) {
      return Optional.of(LocalDate.parse(part).plusDays(1).atStartOfDay(zone).toInstant());
    }
  },

  /** One part, spelled {@code all}. */
  WHOLE {
    @Override
    String folder(String dataset, String part) {
      return dataset + "/";
    }

    @Override
    Optional<Instant> end(String part, ZoneId zone) {
      return Optional.empty();
    }
  };

  /** The part's folder below the org's prefix, ending in a slash. */
  abstract String folder(String dataset, String part);

  /** The first instant after the part; empty for one without end. */
  abstract Optional<Instant> end(String part, ZoneId zone);
}
