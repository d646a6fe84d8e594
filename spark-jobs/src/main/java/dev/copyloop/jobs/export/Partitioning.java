package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
    Optional<Instant> end(String part, Calendar days) {
      return Optional.of(start(part).plus(Duration.ofHours(1)));
    }

    @Override
    String day(String part) {
      return part.substring(0, part.indexOf('T'));
    }

    @Override
    String dayFolder(String dataset, String day) {
      return DAY.folder(dataset, day);
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
    Optional<Instant> end(String part, Calendar days) {
      return Optional.of(days.end(LocalDate.parse(part)));
    }
  },

  /** One part, spelled {@code all}. */
  WHOLE {
    @Override
    String folder(String dataset, String part) {
      return dataset + "/";
    }

    @Override
    Optional<Instant> end(String part, Calendar days) {
      return Optional.empty();
    }
  };

  /** How many folders lie between the dataset's and a part's files. */
  int depth() {
    return switch (this) {
      case HOUR -> 4;
      case DAY -> 3;
      case WHOLE -> 0;
    };
  }

  /** The day that a part belongs to, as {@link DayFingerprints} names it. */
  String day(String part) {
    return part;
  }

  /** The folder of a day's manifest below the org's prefix, ending in a slash. */
  String dayFolder(String dataset, String day) {
    return folder(dataset, day);
  }

  /** The part's folder below the org's prefix, ending in a slash. */
  abstract String folder(String dataset, String part);

  /**
   * The first instant after the part; empty for one without end.
   *
   * @param days when the org's days begin and end
   */
  abstract Optional<Instant> end(String part, Calendar days);
}
