package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.maintain.MaintainJob;
import dev.copyloop.jobs.maintain.MaintainResult;
import dev.copyloop.jobs.rebuild.ResetJob;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RebuildTest {
  @TempDir private Path folder;

  @Test
  @Tag("case-2-increments-make-the-whole")
  void givesTheSameTablesAndReadersSeeNothingInBetween() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    LandedNights landings = new LandedNights(folder).land(15);
    NightCrashTest.night(lake.run());
    landings.land(15);
    NightCrashTest.night(lake.run());
    Map<String, String> before = LakeHashes.of(lake.run().published());

    MaintainResult maintained = (MaintainResult) lake.run().run(new MaintainJob());
    assertThat(maintained.tables()).anyMatch(MaintainResult.Table::vacuumed);
    assertThat(LakeHashes.of(lake.run().published())).isEqualTo(before);
    lake.run().run(new ResetJob());
    assertThat(LakeHashes.of(lake.run().published())).isEqualTo(before);
    assertThat(LakeHashes.of(lake.run().tables())).isNotEqualTo(before);

    NightCrashTest.night(lake.rebuild());
    assertThat(LakeHashes.of(lake.run().published())).isEqualTo(before);
    assertThat(lake.run().published().publication().mode()).isEqualTo("rebuild");
  }
}
