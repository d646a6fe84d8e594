package dev.copyloop.jobs.compact;

import static dev.copyloop.jobs.compact.Lines.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be understood is set apart with its reason, and costs nothing else. */
class CompactQuarantineTest {
  @TempDir private Path folder;
  private TestLake lake;
  private Landings landings;

  @BeforeEach
  void open() {
    lake = TestLake.in(folder);
    landings = new Landings(folder);
  }

  @Test
  @Tag("case-9-absurd-times")
  void quarantinesWhatCannotBeUnderstoodAndKeepsTheRest() throws IOException {
    LandingLine good = Lines.webhook("good", NOON, NOON, "sent");
    landings.put(
        List.of(
            good,
            Lines.webhook("a", NOON, "{\"timestamp\":1772452800}"),
            Lines.webhook("b", NOON, "{\"metric\":\"sent\"}"),
            Lines.webhook("c", NOON, "{\"metric\":\"sent\",\"timestamp\":\"abc\"}"),
            Lines.webhook("i", NOON, "{\"metric\":\"sent\",\"timestamp\":1e2147483647}"),
            Lines.webhook("d", NOON, Instant.EPOCH, "sent"),
            Lines.webhook("e", NOON, NOON.plusSeconds(7200), "sent"),
            unverified(),
            body("f", new LandedBody.Raw("not json".getBytes(StandardCharsets.UTF_8))),
            body("g", new LandedBody.Truncated(new byte[] {'{'}, 5_000_000, "ab")),
            body("h", new LandedBody.Raw(new byte[] {(byte) 0xff, 0}))));
    landings.put(List.of(Lines.line(Source.GENERATE, "k", NOON, Verification.VERIFIED, "{}")));
    landings.put(
        Source.CIO,
        NOON,
        Landings.gzip("no envelope\n{\"v\":99}\n".getBytes(StandardCharsets.UTF_8)));

    CompactResult result = compact(lake.run());

    assertThat(LakeContent.events(lake.run())).isEqualTo(Model.events(List.of(good)));
    assertThat(result.quarantineReasons())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "missing_member", 1L,
                "invalid_time", 3L,
                "time_out_of_range", 2L,
                "unverified", 1L,
                "not_json", 2L,
                "oversize_body", 1L,
                "invalid_generation", 1L,
                "invalid_envelope", 2L));
    assertThat(LakeContent.quarantine(lake.run())).hasSize(13);
    Row unreadable = lake.run().tables().read(QuarantineTable.SPEC).where("event_id = 'f'").first();
    assertThat(new String(unreadable.<byte[]>getAs("raw"), StandardCharsets.UTF_8))
        .contains("\"event_id\":\"f\"");
  }

  @Test
  void letsNoForgedTwinSuppressTheTrueEvent() throws IOException {
    LandingLine forged =
        new LandingLine(
            "e-1",
            "acme",
            Source.CIO,
            NOON.minusSeconds(5).toEpochMilli(),
            Verification.UNVERIFIED,
            Optional.empty(),
            Map.of(),
            Lines.webhook("e-1", NOON, NOON, "opened").body());
    LandingLine genuine = Lines.webhook("e-1", NOON, NOON, "opened");
    landings.put(List.of(forged));
    landings.put(List.of(genuine));

    compact(lake.run());

    assertThat(LakeContent.events(lake.run())).isEqualTo(Model.events(List.of(genuine)));
    assertThat(LakeContent.quarantine(lake.run())).containsExactly("cio unverified");
  }

  @Test
  void readsABodyThatIsJsonOverSeveralLines() throws IOException {
    landings.put(
        List.of(
            body(
                "e-1",
                new LandedBody.Raw(
                    "{\n  \"metric\": \"sent\",\r\n  \"timestamp\": 1772452800\n}"
                        .getBytes(StandardCharsets.UTF_8)))));

    assertThat(compact(lake.run()).sources().get("cio").kept()).isEqualTo(1);
  }

  @Test
  void readsADamagedObjectAsFarAsItGoesAndSaysSo() throws IOException {
    List<LandingLine> lines = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      lines.add(Lines.webhook("e-" + i * 7919, NOON, NOON, "sent"));
    }
    byte[] whole = Landings.gzip(Landings.ndjson(lines));
    landings.put(Source.CIO, NOON, java.util.Arrays.copyOf(whole, whole.length / 2));

    CompactResult.Lines read = compact(lake.run()).sources().get("cio");

    assertThat(read.damagedObjects()).isEqualTo(1);
    assertThat(read.kept()).isBetween(100L, 1999L);
    assertThat(LakeContent.events(lake.run()))
        .isEqualTo(Model.events(lines.subList(0, (int) read.kept())));
    assertThat(LakeContent.quarantine(lake.run())).containsExactly("cio damaged_object");
  }

  @Test
  void passesOverWhatIsNoLandingObject() throws IOException {
    Path mark = folder.resolve("landing/_writers/w.json");
    Files.createDirectories(mark.getParent());
    Files.writeString(mark, "{}");

    assertThat(compact(lake.run()).batches()).isEmpty();
  }

  private LandingLine unverified() {
    return Lines.line(
        Source.CIO,
        "forged",
        NOON,
        Verification.UNVERIFIED,
        "{\"metric\":\"sent\",\"timestamp\":1772452800}");
  }

  private static LandingLine body(String eventId, LandedBody body) {
    return new LandingLine(
        eventId,
        "acme",
        Source.CIO,
        NOON.toEpochMilli(),
        Verification.VERIFIED,
        Optional.empty(),
        Map.of(),
        body);
  }

  private static CompactResult compact(RunContext run) throws IOException {
    return (CompactResult) run.run(new CompactJob());
  }
}
