package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where hours meet, and where a backfill meets the nights: nothing twice, nothing lost. */
class SeamTest {
  private static final Instant TWO = Instant.parse("2024-03-05T02:00:00Z");

  @TempDir private Path folder;

  private static TimeRange range(Optional<Instant> from, Instant to) {
    return new TimeRange(from, Optional.of(to));
  }

  @Test
  @Tag("slow")
  @Tag("case-3-seam")
  @Tag("case-4-hour-edge")
  void eachCallIsInItsHourOnceThoughALateOneAndABackfillCrossTheEdge() throws Exception {
    TestLake lake = TestLake.in(folder.resolve("seam"), SampleSettings.plain());
    new LandedNights(folder.resolve("seam"))
        .landCalls(TWO.plusSeconds(5), TWO.minusSeconds(3), TWO.minusSeconds(2), TWO.plusSeconds(1))
        .landCalls(TWO.plusSeconds(3 * 3_600), TWO.minusSeconds(1), TWO.plusSeconds(2));
    NightCrashTest.night(lake.run(range(Optional.empty(), TWO.plusSeconds(3_600))));
    assertThat(exportedHours()).isEqualTo(Map.of("01", 2L, "02", 1L));

    NightCrashTest.night(
        lake.backfill(range(Optional.of(TWO.minusSeconds(3_600)), TWO.plusSeconds(3_600))));
    NightCrashTest.night(lake.run());
    assertThat(exportedHours()).isEqualTo(Map.of("01", 3L, "02", 2L));

    Map<String, String> inParts = LakeHashes.of(lake.run().published());
    NightCrashTest.night(lake.rebuild());
    assertThat(LakeHashes.of(lake.run().published())).isEqualTo(inParts);
  }

  /** Rows of each hour, which is one file. */
  private Map<String, Long> exportedHours() throws IOException {
    Path day = folder.resolve("seam/exports/acme/generations/2024/03/05");
    Map<String, Long> rows = new TreeMap<>();
    try (Stream<Path> files = Files.walk(day)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        assertThat(file.getFileName().toString()).isEqualTo("part-00000.parquet");
        rows.put(
            file.getParent().getFileName().toString(),
            TestLake.spark().read().parquet(file.toString()).count());
      }
    }
    return rows;
  }
}
