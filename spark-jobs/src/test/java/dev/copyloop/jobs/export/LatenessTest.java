package dev.copyloop.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatenessTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Instant COMPLETE = Instant.parse("2026-11-10T08:00:00Z");
  private static final Instant RECENT = Instant.parse("2026-11-29T08:00:00Z");

  @TempDir private Path folder;

  private final List<Row> events = new ArrayList<>();

  private void arrive(int count, Instant occurred, Duration late) {
    for (int i = 0; i < count; i++) {
      events.add(
          SampleEvent.email("d" + events.size(), "opened", occurred)
              .with("received_at", Timestamp.from(occurred.plus(late)))
              .row());
    }
  }

  private RunContext landed() {
    RunContext run = TestLake.in(folder).run();
    var rows = run.spark().createDataFrame(List.copyOf(events), EventsTable.SPEC.schema());
    run.tables().append(EventsTable.SPEC, rows, Optional.empty());
    events.clear();
    return run;
  }

  private static OptionalDouble missing(RunContext run, Instant now, Duration age) {
    return new Lateness(run.bucket(), run.tables(), now).missing("acme", Optional.of(age));
  }

  @Test
  void expectsMissingWhatCameLaterOnDaysThatAreComplete() {
    arrive(100, COMPLETE, Duration.ofSeconds(20));
    arrive(50, COMPLETE, Duration.ofHours(2));
    arrive(50, COMPLETE, Duration.ofHours(30));
    arrive(100, COMPLETE, Duration.ofDays(8));
    arrive(500, RECENT, Duration.ofHours(11));
    RunContext run = landed();

    assertThat(missing(run, NOW, Duration.ZERO)).hasValue(1);
    assertThat(missing(run, NOW, Duration.ofMinutes(30))).hasValue(0.5);
    assertThat(missing(run, NOW, Duration.ofHours(6))).hasValue(0.25);
    assertThat(missing(run, NOW, Duration.ofDays(2))).hasValue(0);
    assertThat(missing(run, NOW, Duration.ofSeconds(-1))).as("not over yet").isEmpty();
    assertThat(
            new Lateness(run.bucket(), run.tables(), NOW)
                .missing("other", Optional.of(Duration.ZERO)))
        .as("too few events to tell")
        .isEmpty();
  }

  @Test
  void countsADayUntilItIsCompleteAndNeverAfter() {
    arrive(100, RECENT, Duration.ofSeconds(20));
    assertThat(missing(landed(), NOW, Duration.ofHours(1))).as("still open").isEmpty();

    arrive(100, RECENT, Duration.ofHours(30));
    Instant complete = NOW.plus(Duration.ofDays(10));
    assertThat(missing(landed(), complete, Duration.ofHours(1))).hasValue(0.5);

    arrive(800, RECENT, Duration.ofHours(30));
    assertThat(missing(landed(), complete, Duration.ofHours(1))).hasValue(0.5);
  }
}
