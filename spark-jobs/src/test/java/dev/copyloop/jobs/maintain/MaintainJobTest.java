package dev.copyloop.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.compact.CompactJob;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.compact.PendingLandings;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.plan.PlanJob;
import dev.copyloop.jobs.plan.PlanResult;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintainJobTest {
  private static final TimeRange MARCH =
      new TimeRange(
          Optional.of(TimeRange.parseBound("2024-03-01")),
          Optional.of(TimeRange.parseBound("2024-04-01")));

  @TempDir private Path folder;

  @Test
  void plansWhatIsPendingThenKeepsTheContentAndTrimsTheLedger() throws Exception {
    TestLake lake = TestLake.in(folder);
    LandedNights landings = new LandedNights(folder).land(10);
    assertPlanned(lake, landings.lines());
    lake.run().run(new CompactJob());
    landings.land(10);
    lake.run().run(new CompactJob());
    var events = lake.run().tables().read(EventsTable.SPEC);
    long rows = events.count();
    int files = events.inputFiles().length;

    MaintainResult result = (MaintainResult) lake.run().run(new MaintainJob());

    assertThat(result.trimmedLedgerRows()).isPositive();
    var after = lake.run().tables().read(EventsTable.SPEC);
    assertThat(after.count()).isEqualTo(rows);
    assertThat(after.inputFiles()).hasSizeLessThan(files);
    assertThat(lake.run().tables().read(LedgerTable.SPEC).where("state = 'planned'").isEmpty())
        .isTrue();
    assertThat(result.tables()).noneMatch(MaintainResult.Table::vacuumed);
    MaintainResult again = (MaintainResult) lake.run().run(new MaintainJob());
    assertThat(again.tables()).allMatch(table -> table.filesJoined() == 0);
    assertBackfillPlanned(lake, rows);
  }

  private static void assertPlanned(TestLake lake, int lines) throws Exception {
    PlanResult plan = (PlanResult) lake.run().run(new PlanJob());
    PendingLandings landed = plan.landed();
    assertThat(landed.sources()).containsOnlyKeys("cio", "events", "generate");
    assertThat(landed.estimatedLines()).isGreaterThanOrEqualTo(lines);
    assertThat(landed.firstHour()).isPresent();
    assertThat(lake.run().tables().exists(LedgerTable.SPEC)).as("a plan creates none").isFalse();
  }

  private static void assertBackfillPlanned(TestLake lake, long events) throws Exception {
    PlanResult plan = (PlanResult) lake.backfill(MARCH).run(new PlanJob());
    assertThat(plan.landed().firstHour()).isEmpty();
    assertThat(plan.days().keySet()).contains(LocalDate.of(2024, 3, 5));
    assertThat(plan.days().values().stream().mapToLong(PlanResult.Rows::events).sum())
        .isEqualTo(events);
    assertThat(plan.summary().toString()).contains("recomputes what occurred from 2024-03-01");
  }
}
