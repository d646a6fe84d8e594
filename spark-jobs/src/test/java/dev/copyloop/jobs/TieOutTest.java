package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.report.TieOut;
import dev.copyloop.jobs.report.TieOutJob;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TieOutTest {
  private static final Instant NINE = Instant.parse("2026-11-03T09:00:00Z");

  @TempDir private Path folder;

  @Test
  void campaignsOfOneIdInTwoWorkspacesAreTwoScreens() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    Night.land(
        lake,
        List.of(
            SampleEvent.email("d1", "sent", NINE).journey("j1", "1001", "ann"),
            SampleEvent.email("d2", "sent", NINE).journey("j2", "1001", "bob"),
            SampleEvent.email("d1", "sent", NINE)
                .journey("j3", "1001", "carl")
                .with("event_id", "elsewhere")
                .with("workspace", "second")),
        List.of());
    Night.run(lake);

    TieOut tieOut = (TieOut) lake.run().run(new TieOutJob("acme", Optional.of("1")));

    assertThat(tieOut.actions())
        .extracting(TieOut.ActionDay::workspace)
        .containsExactly("production", "second");
    assertThat(tieOut.actions())
        .extracting(day -> day.theirs().get("sent"))
        .containsExactly(2L, 1L);
    assertThat(String.join("\n", tieOut.summary())).contains("second");
  }
}
