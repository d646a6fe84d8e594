package dev.copyloop.jobs.compact;

import static dev.copyloop.jobs.compact.Lines.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.rebuild.ResetJob;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayJobTest {
  private static final String KEY = "a-signing-key";

  @TempDir private Path folder;
  private TestLake lake;
  private SigningKeys keys;

  @BeforeEach
  void land() throws Exception {
    lake = TestLake.in(folder);
    Path file = folder.resolve("keys.json");
    Files.writeString(
        file,
        """
        [{"org":"acme","workspace":"staging","key":"%s"}]\
        """
            .formatted(KEY));
    keys = SigningKeys.read(file);
    Landings landings = new Landings(folder);
    landings.put(
        List.of(
            Lines.webhook("good", NOON, NOON, "sent"),
            unverified("late-key", KEY),
            unverified("forged", "another key"),
            Lines.webhook("broken", NOON, "{}")));
    lake.run().run(new CompactJob());
    assertThat(LakeContent.quarantine(lake.run()))
        .containsExactly("cio missing_member", "cio unverified", "cio unverified");
  }

  private static LandingLine unverified(String id, String key) throws Exception {
    LandingLine line = Lines.webhook(id, NOON, NOON, "opened");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update("v0:1772452800:".getBytes(StandardCharsets.UTF_8));
    String signature = HexFormat.of().formatHex(mac.doFinal(line.body().bytes()));
    return new LandingLine(
        id,
        "acme",
        Source.CIO,
        line.receivedAtMillis(),
        Verification.UNVERIFIED,
        Optional.empty(),
        Map.of("x-cio-timestamp", "1772452800", "x-cio-signature", signature),
        new LandedBody.Json(line.body().bytes()));
  }

  @Test
  void aDryRunSaysWhatItWouldRecoverAndWritesNothing() throws Exception {
    ReplayResult result = (ReplayResult) lake.run().run(ReplayJob.previewing(keys));

    assertThat(result.batch()).isEmpty();
    assertThat(result.recovered()).isEqualTo(Map.of("unverified", 1L));
    assertThat(result.remaining()).isEqualTo(Map.of("unverified", 1L, "missing_member", 1L));
    assertThat(lake.run().tables().read(EventsTable.SPEC).count()).isEqualTo(1);
    ReplayResult without = (ReplayResult) lake.run().run(ReplayJob.previewing(SigningKeys.NONE));
    assertThat(without.recovered()).isEmpty();
  }

  @Test
  void countsWhatAKeyVerifiesByNowOnceHoweverOftenItIsReplayed() throws Exception {
    ReplayResult result = (ReplayResult) lake.run().run(ReplayJob.recovering(keys));

    assertThat(result.recovered()).isEqualTo(Map.of("unverified", 1L));
    assertRecovered(result.batch().orElseThrow());
    ReplayResult again = (ReplayResult) lake.run().run(ReplayJob.recovering(keys));
    assertThat(again.recovered()).isEmpty();
    assertRecovered(result.batch().orElseThrow());
    assertThat(((CompactResult) lake.run().run(new CompactJob())).batches()).isEmpty();
  }

  @Test
  void aRebuildNeedsTheKeysAgainAndThenHasTheSameEvents() throws Exception {
    lake.run().run(ReplayJob.recovering(keys));
    assertThatThrownBy(() -> lake.rebuild().run(new ResetJob()))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("1 lines")
        .hasMessageContaining("--signing-keys");
    assertThat(lake.run().tables().read(EventsTable.SPEC).count()).isEqualTo(2);

    lake.rebuild().run(ResetJob.beforeReplay());
    lake.rebuild().run(new CompactJob());
    ReplayResult replayed = (ReplayResult) lake.rebuild().run(ReplayJob.recovering(keys));
    assertRecovered(replayed.batch().orElseThrow());
  }

  @Test
  void isTakenUpWhereItWasInterrupted() throws Exception {
    for (String table : List.of("events", "quarantine", "landing_ledger")) {
      RunContext dying = lake.run(TimeRange.ALL, dieBefore(table));
      assertThatThrownBy(() -> dying.run(ReplayJob.recovering(keys))).hasMessageContaining(table);
      assertThat(((CompactResult) lake.run().run(new CompactJob())).batches()).isEmpty();
    }
    ReplayResult result = (ReplayResult) lake.run().run(ReplayJob.recovering(keys));
    assertRecovered(result.batch().orElseThrow());
  }

  /** Before its last commit to the ledger, after having planned there. */
  private static CommitHook dieBefore(String table) {
    return new CommitHook() {
      private boolean wrote;

      @Override
      public void before(String name) {
        if (name.equals(table) && (wrote || !name.equals("landing_ledger"))) {
          throw new IllegalStateException("killed before " + table);
        }
        wrote = true;
      }

      @Override
      public void after(String name) {}
    };
  }

  private void assertRecovered(String batch) {
    RunContext run = lake.run();
    List<Row> events =
        run.tables().read(EventsTable.SPEC).where("event_id = 'late-key'").collectAsList();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).<String>getAs("workspace")).isEqualTo("staging");
    assertThat(events.get(0).<String>getAs("verification")).isEqualTo("verified");
    assertThat(events.get(0).<String>getAs("batch_id")).isEqualTo(batch);
    var quarantine = run.tables().read(QuarantineTable.SPEC);
    assertThat(quarantine.count()).isEqualTo(3);
    assertThat(quarantine.where(QuarantineTable.IS_OPEN).count()).isEqualTo(2);
    Row sums =
        run.tables()
            .read(LedgerTable.SPEC)
            .where("state = 'consumed'")
            .selectExpr("sum(lines)", "sum(kept)", "sum(quarantined)")
            .first();
    assertThat(List.of(sums.getLong(0), sums.getLong(1), sums.getLong(2)))
        .isEqualTo(List.of(4L, 2L, 2L));
  }

  @Test
  void readsARewrittenObjectInPlaceOfTheOneThatLanded() throws Exception {
    Landings landings = new Landings(folder.resolve("other"));
    TestLake other = TestLake.in(folder.resolve("other"));
    String key = landings.put(List.of(Lines.webhook("a", NOON, NOON, "sent")));
    Path object = folder.resolve("other").resolve(key);
    Path rewritten =
        object.resolveSibling(LandingKey.rewritten(object.getFileName().toString(), 1));
    Files.move(object, rewritten);
    Files.copy(
        rewritten, object.resolveSibling(LandingKey.rewritten(object.getFileName().toString(), 2)));

    CompactResult first = (CompactResult) other.run().run(new CompactJob());

    assertThat(first.sources().get("cio").kept()).isEqualTo(1);
    Row event = other.run().tables().read(EventsTable.SPEC).first();
    assertThat(event.<String>getAs("landing_object")).isEqualTo(key);
    assertThat(((CompactResult) other.run().run(new CompactJob())).batches()).isEmpty();
  }

  @Test
  void refusesAFileOfKeysThatIsNoneWithoutRepeatingIt() throws Exception {
    Path file = folder.resolve("wrong.json");
    Files.writeString(file, "[{\"org\":\"acme\",\"key\":\"secret\"}]");
    assertThatThrownBy(() -> SigningKeys.read(file))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("missing workspace")
        .hasMessageNotContaining("secret");
    for (String none : List.of("", "{}", "\"secret\"")) {
      Files.writeString(file, none);
      assertThatThrownBy(() -> SigningKeys.read(file))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("expected a JSON array")
          .hasMessageNotContaining("secret");
    }
  }
}
