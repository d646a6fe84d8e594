package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day's manifest marks a complete day: there is none while an hour of it could not be put. */
class UnfinishedDayTest {
  private static final Instant NINE = Instant.parse("2026-11-03T09:00:00Z");
  private static final String DAY = "exports/acme/generations/2026/11/03/";
  private static final String BLOCKED = DAY + "10/part-00000.parquet";

  @TempDir private Path folder;

  @Test
  void aDayHasAManifestOnceAllOfItsHoursAreOut() throws Exception {
    TestLake lake = lake();
    Bucket bucket = lake.run().bucket();
    Night.land(
        lake, List.of(), List.of(generation(1, NINE), generation(2, NINE.plusSeconds(3_600))));
    block(bucket);

    assertThatThrownBy(() -> export(lake)).isInstanceOf(JobException.class);
    assertThat(bucket.read(DAY + "09/_manifest.json")).isPresent();
    assertThat(bucket.read(DAY + "_manifest.json")).isEmpty();

    bucket.delete(BLOCKED);
    export(lake);
    assertThat(rows(bucket, "/rows")).isEqualTo(2);
    assertThat(rows(bucket, "/hours/10/rows")).isEqualTo(1);
  }

  @Test
  void aDayThatWasOutTellsWhatItsHoursHoldNow() throws Exception {
    TestLake lake = lake();
    Bucket bucket = lake.run().bucket();
    Night.land(lake, List.of(), List.of(generation(1, NINE)));
    export(lake);
    Night.land(
        lake,
        List.of(),
        List.of(generation(2, NINE.plusSeconds(60)), generation(3, NINE.plusSeconds(3_600))));
    block(bucket);

    assertThatThrownBy(() -> export(lake)).isInstanceOf(JobException.class);
    assertThat(rows(bucket, "/hours/9/rows")).isEqualTo(2);

    bucket.delete(BLOCKED);
    export(lake);
    assertThat(rows(bucket, "/rows")).isEqualTo(3);
  }

  private TestLake lake() throws IOException {
    return TestLake.in(
        Fixtures.storage(),
        folder,
        SampleSettings.exporting(
            SampleSettings.of(ZoneOffset.UTC, List.of(), List.of()),
            new ExportSettings(
                Set.of(ExportSettings.Dataset.GENERATIONS),
                ExportSettings.Shape.DEFAULT,
                Optional.empty())));
  }

  private static void block(Bucket bucket) throws IOException {
    bucket.write(BLOCKED, "theirs".getBytes(StandardCharsets.UTF_8));
  }

  private static long rows(Bucket bucket, String member) throws IOException {
    byte[] manifest = bucket.read(DAY + "_manifest.json").orElseThrow();
    return Json.mapper().readTree(manifest).at(member).asLong();
  }

  private static SampleGeneration generation(int number, Instant at) {
    return SampleGeneration.of(SampleSettings.MENS, "j" + number, "u" + number, at);
  }

  private static void export(TestLake lake) throws Exception {
    lake.run().run(new PublishJob());
    lake.run().run(new ExportJob());
  }
}
