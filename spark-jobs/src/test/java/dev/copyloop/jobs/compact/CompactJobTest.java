package dev.copyloop.jobs.compact;

import static dev.copyloop.jobs.compact.Lines.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

class CompactJobTest {
  @TempDir private Path folder;
  private TestLake lake;
  private Landings landings;

  @BeforeEach
  void open() {
    lake = TestLake.in(folder);
    landings = new Landings(folder);
  }

  @Test
  void placesEachLineInItsTableByItsOwnTime() throws IOException {
    landings.put(List.of(Lines.webhook("e-1", NOON, NOON.minus(Duration.ofDays(40)), "sent")));
    landings.put(
        List.of(
            Lines.custom(
                "c-1",
                NOON,
                """
                {"id":"c-1","user_id":"u-1","name":"purchase","timestamp":"2026-03-01T23:00:00-02:00","value":12.5,"currency":"usd","properties":{"sku":"A"}}""")));
    landings.put(List.of(Lines.call("g-1", "k-1", NOON, NOON, "copy-a")));

    CompactResult result = compact(lake.run());

    assertThat(result.sources())
        .containsOnly(
            Map.entry("cio", new CompactResult.Lines(1, 1, 1, 0, 0, 0, 0)),
            Map.entry("events", new CompactResult.Lines(1, 1, 1, 0, 0, 0, 0)),
            Map.entry("generate", new CompactResult.Lines(1, 1, 1, 0, 0, 0, 0)));
    Row webhook = row(EventsTable.SPEC, "event_id = 'e-1'");
    assertThat(webhook.<Object>getAs("date")).hasToString("2026-01-21");
    assertThat(webhook.<String>getAs("delivery_id")).isEqualTo("d-1");
    assertThat(webhook.<String>getAs("person_id")).isEqualTo("u-1");
    assertThat(webhook.<String>getAs("workspace")).isEqualTo("production");
    Row custom = row(EventsTable.SPEC, "event_id = 'c-1'");
    assertThat(custom.<Object>getAs("date")).hasToString("2026-03-02");
    assertThat(custom.<Object>getAs("value")).hasToString("12.500000");
    assertThat(custom.<String>getAs("currency")).isEqualTo("USD");
    assertThat(custom.<String>getAs("properties")).isEqualTo("{\"sku\":\"A\"}");
    Row generation = row(GenerationsTable.SPEC, "generation_id = 'g-1'");
    assertThat(generation.<Integer>getAs("calls")).isEqualTo(1);
    assertThat(generation.getJavaMap(generation.fieldIndex("attrs")))
        .isEqualTo(Map.of("plan", "pro"));
    assertThat(generation.getJavaMap(generation.fieldIndex("vars_rendered")))
        .isEqualTo(Map.of("subject", "Hi Ann", "body", "…"));
    assertThat(generation.<Double>getAs("propensity")).isEqualTo(0.5);
  }

  @Test
  @Tag("case-14-schema-drift")
  void losesNoneOfTheSampleBodies() throws IOException {
    List<LandingLine> lines = new ArrayList<>();
    for (String sample : samples()) {
      JsonNode body = Json.mapper().readTree(sample).get("body");
      lines.add(Lines.webhook(body.get("event_id").asText(), NOON, body.toString()));
    }
    landings.put(lines.subList(0, 100));
    landings.put(lines.subList(100, lines.size()));

    CompactResult result = compact(lake.run());

    assertThat(lines).hasSize(243);
    assertThat(result.sources())
        .containsOnly(Map.entry("cio", new CompactResult.Lines(2, 243, 243, 0, 0, 0, 0)));
    assertThat(LakeContent.events(lake.run())).isEqualTo(Model.events(lines));
  }

  private static List<String> samples() throws IOException {
    try (var in = CompactJobTest.class.getResourceAsStream("/customerio-webhooks.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void commitsNothingWhenNothingLanded() throws IOException {
    landings.put(List.of(Lines.webhook("e-1", NOON, NOON, "sent")));
    compact(lake.run());
    List<Long> before = commits();

    CompactResult second = compact(lake.run());

    assertThat(second.batches()).isEmpty();
    assertThat(second.summary()).containsExactly("nothing new has landed");
    assertThat(commits()).isEqualTo(before);
  }

  private List<Long> commits() {
    RunContext run = lake.run();
    List<Long> commits = new ArrayList<>();
    for (TableSpec table :
        List.of(LedgerTable.SPEC, EventsTable.SPEC, GenerationsTable.SPEC, QuarantineTable.SPEC)) {
      run.tables().read(table);
      commits.add(LakeContent.commits(run, table));
    }
    return commits;
  }

  @Test
  void consumesObjectsBeforeTheRangesEndHoweverOld() throws IOException {
    landings.put(List.of(Lines.webhook("old", NOON.minus(Duration.ofDays(3)), past(3), "sent")));
    landings.put(List.of(Lines.webhook("new", NOON, NOON, "sent")));
    Instant from = NOON.minus(Duration.ofHours(1));

    CompactResult result = compact(lake.run(new TimeRange(Optional.of(from), Optional.of(NOON))));

    assertThat(result.sources().get("cio").landed()).isEqualTo(1);
    assertThat(LakeContent.events(lake.run())).singleElement().asString().contains(" old ");
    assertThat(compact(lake.run()).sources().get("cio").landed()).isEqualTo(1);
  }

  private static Instant past(int days) {
    return NOON.minus(Duration.ofDays(days));
  }

  @Test
  void keepsTheEarliestReceivedOfDuplicatesWhicheverArrivesFirst() throws IOException {
    LandingLine later = Lines.webhook("e-1", NOON.plusSeconds(60), NOON, "sent");
    LandingLine earlier = Lines.webhook("e-1", NOON, NOON, "sent");
    landings.put(List.of(later, Lines.webhook("e-2", NOON, NOON, "sent")));
    compact(lake.run());
    landings.put(List.of(earlier));

    CompactResult second = compact(lake.run());

    assertThat(second.sources())
        .containsOnly(Map.entry("cio", new CompactResult.Lines(1, 1, 0, 1, 0, 0, 0)));
    assertThat(LakeContent.events(lake.run())).hasSize(2).anyMatch(row -> row.contains(NOON + " "));
    assertThat(LakeContent.ledger(lake.run())).containsEntry("cio", List.of(3L, 2L, 1L, 0L, 0L));
  }

  @Test
  void takesTheSameIdOnAnotherDayAsAnotherEvent() throws IOException {
    landings.put(
        List.of(
            Lines.webhook("e-1", NOON, NOON, "sent"), Lines.webhook("e-1", NOON, past(1), "sent")));

    CompactResult result = compact(lake.run());

    assertThat(result.eventIdsReused()).isEqualTo(1);
    assertThat(result.sources().get("cio").kept()).isEqualTo(2);
  }

  @Test
  void keepsTheLatestAnsweredCallAcrossBatchesAndDays() throws IOException {
    Instant midnight = Instant.parse("2026-03-03T00:00:00Z");
    LandingLine first =
        Lines.call("g-1", "k-1", midnight.minusSeconds(2), midnight.minusSeconds(2), "copy-a");
    LandingLine second = Lines.call("g-1", "k-2", midnight, midnight, "copy-b");
    LandingLine other = Lines.call("g-2", "k-3", midnight, midnight.minusSeconds(2), "copy-a");
    landings.put(List.of(first));
    compact(lake.run());
    landings.put(List.of(second, other));

    CompactResult result = compact(lake.run());

    assertThat(result.sources().get("generate"))
        .isEqualTo(new CompactResult.Lines(1, 2, 1, 0, 1, 0, 0));
    assertThat(result.generationsDisagreeing()).isEqualTo(1);
    assertThat(LakeContent.generations(lake.run()))
        .isEqualTo(Model.generations(List.of(first, second, other)));
  }

  @Test
  void addsALateOlderCallToItsGeneration() throws IOException {
    LandingLine latest = Lines.call("g-1", "k-2", NOON, NOON, "copy-a");
    LandingLine older = Lines.call("g-1", "k-1", NOON, NOON.minusSeconds(9), "copy-a");
    landings.put(List.of(latest));
    compact(lake.run());
    landings.put(List.of(older));
    compact(lake.run());

    assertThat(LakeContent.generations(lake.run()))
        .isEqualTo(Model.generations(List.of(latest, older)));
    assertThat(LakeContent.ledger(lake.run()))
        .containsEntry("generate", List.of(2L, 1L, 0L, 1L, 0L));
  }

  @Test
  void keepsTestsFlagged() throws IOException {
    String body =
        new String(
                Lines.call("g-1", "k-1", NOON, NOON, "copy-a").body().bytes(),
                StandardCharsets.UTF_8)
            .replace("\"test\":false", "\"test\":true");
    landings.put(List.of(Lines.line(Source.GENERATE, "k-1", NOON, Verification.VERIFIED, body)));
    compact(lake.run());

    assertThat(row(GenerationsTable.SPEC, "true").<Boolean>getAs("test")).isTrue();
  }

  private Row row(TableSpec table, String where) {
    return lake.run().tables().read(table).where(where).collectAsList().get(0);
  }

  private static CompactResult compact(RunContext run) throws IOException {
    return (CompactResult) run.run(new CompactJob());
  }
}
