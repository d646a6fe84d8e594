package dev.copyloop.jobs.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.CompactJob;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.TestLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real S3 server, down to the rows that compact makes of what was landed. */
class InboxJobTest {
  private static final String FOLDER = LakeLayout.inbox("acme") + "crm/";

  @TempDir private Path folder;
  private TestLake lake;
  private Bucket bucket;

  @BeforeEach
  void openLake() throws IOException {
    lake =
        TestLake.in(
            Fixtures.storage(), folder, SampleSettings.of(ZoneOffset.UTC, List.of(), List.of()));
    bucket = lake.run().bucket();
  }

  @Test
  void takesEachFormatAndNamesEachRowThatItDoesNot() throws IOException {
    drop(
        "a.ndjson",
        """
        {"id":"n1","user_id":"u1","name":"purchase","timestamp":1772452800,"properties":{"value":"9.50","currency":"eur"}}
        not json

        {"user_id":"u2","event_name":"purchase","event_timestamp":"2026-03-02T12:00:00Z"}
        {"user_id":"u3","name":"purchase","timestamp":"2001-01-01T00:00:00Z"}
        {"name":"purchase","timestamp":1772452800}
        """);
    drop(
        "b.csv.gz",
        gzip(
            """
            Event_ID,user_id,event_name,event_timestamp,value,currency,properties.plan
            c1,u1,purchase,1772452800,3.25,EUR,pro
            c2,u2,purchase,1772452801,"1,5",EUR,
            c3,u3,purchase
            """));

    InboxResult result = run();

    assertThat(result.files())
        .extracting(FileResult::file, FileResult::taken, FileResult::rejected)
        .containsExactlyInAnyOrder(
            tuple(FOLDER + "a.ndjson", 2L, 3L), tuple(FOLDER + "b.csv.gz", 1L, 2L));
    assertThat(rejections("a.ndjson"))
        .containsExactly("2 not_json", "5 time_out_of_range", "6 missing_member");
    assertThat(rejections("b.csv.gz")).containsExactly("3 invalid_member", "4 invalid_member");
    assertThat(events())
        .containsExactly(
            "c1 u1 purchase 3.250000 EUR {\"plan\":\"pro\"}",
            "n1 u1 purchase 9.500000 EUR {\"value\":\"9.50\",\"currency\":\"eur\"}",
            "rowid u2 purchase null null null");
  }

  @Test
  void takesParquetWithItsTypes() throws IOException {
    Path file = folder.resolve("written");
    lake.run()
        .spark()
        .sql(
            "SELECT 'p1' AS event_id, 'u1' AS user_id, 'purchase' AS event_name,"
                + " TIMESTAMP'2026-03-02 12:00:00' AS event_timestamp,"
                + " CAST(7.25 AS DECIMAL(10,2)) AS value, 'EUR' AS currency,"
                + " map('plan', 'pro') AS properties, 3 AS `properties.items`")
        .coalesce(1)
        .write()
        .parquet(file.toString());
    try (Stream<Path> files = Files.list(file)) {
      drop("c.parquet", Files.readAllBytes(parquet(files)));
    }
    drop("d.parquet", "not parquet".getBytes(StandardCharsets.UTF_8));

    InboxResult result = run();

    assertThat(events())
        .containsExactly("p1 u1 purchase 7.250000 EUR {\"plan\":\"pro\",\"items\":3}");
    assertThat(result.summary())
        .anyMatch(line -> line.contains("d.parquet refused: Not a Parquet"));
  }

  private static Path parquet(Stream<Path> files) {
    return files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
  }

  @Test
  void takesAVersionOnceAndAnotherContentAsANewOne() throws IOException {
    drop("a.ndjson", row(1));
    assertThat(run().files()).hasSize(1);
    assertThat(run().files()).isEmpty();

    drop("a.ndjson", row(2));
    assertThat(run().files()).hasSize(1);
    assertThat(run().takenBefore()).isEqualTo(1);
    assertThat(events()).hasSize(2);
  }

  @Test
  void refusesWhatItCannotReadAsAWholeAndSaysWhatToDo() throws IOException {
    byte[] whole = gzip(row(1).repeat(100));
    drop("cut.ndjson.gz", Arrays.copyOf(whole, whole.length - 9));
    drop("report.xlsx", "…");
    drop("empty.csv", "");
    drop("wide.csv", "\uFEFFid,name\n".getBytes(StandardCharsets.UTF_16LE));
    drop("_SUCCESS", "");
    bucket.write(LakeLayout.inbox("nobody") + "a.ndjson", row(1).getBytes(StandardCharsets.UTF_8));

    InboxResult result = run();

    assertThat(result.unknownOrgs()).containsExactly(Map.entry("nobody", 1L));
    assertThat(problem("cut.ndjson.gz")).contains("ends early", "upload the file again");
    assertThat(problem("report.xlsx")).contains(".ndjson");
    assertThat(problem("empty.csv")).contains("no header");
    assertThat(problem("wide.csv")).contains("The header in line 1", "Not UTF-8");
    assertThat(landed()).isEmpty();
    assertThat(run().files()).isEmpty();
  }

  @Test
  @Tag("slow")
  void killedAtAnyPointAndRunAgainItLandsEachRowOnce() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      rows.append(row(i));
    }
    for (int point = 0; point < 6; point++) {
      String name = "killed-" + point + ".ndjson";
      drop(name, rows.toString());
      InboxFile file = file(name);
      int last = point;
      assertThatThrownBy(() -> intake(before -> before == last / 2, last % 2 == 0).take(file))
          .hasMessage("killed");
      assertThat(bucket.read(LakeLayout.inboxResult(file.key()))).isEmpty();

      FileResult result = intake(never -> false, true).take(file).orElseThrow();

      assertThat(result.taken()).isEqualTo(60);
      assertThat(result.objects()).hasSizeGreaterThan(3);
    }
    lake.run().run(new CompactJob());
    assertThat(lake.run().tables().read(EventsTable.SPEC).count()).isEqualTo(6 * 60);
    assertThat(lake.run().tables().read(EventsTable.SPEC).select("event_id").distinct().count())
        .isEqualTo(6 * 60);
  }

  /** An intake of small objects that dies at the put of that number, before or after it. */
  private FileIntake intake(IntPredicate dies, boolean before) {
    LandingPuts puts = LandingPuts.into(bucket);
    List<String> put = new ArrayList<>();
    return new FileIntake(
        bucket,
        object -> {
          boolean now = dies.test(put.size());
          if (!now || !before) {
            puts.put(object);
          }
          if (now) {
            throw new IOException("killed");
          }
          put.add(object.key());
        },
        2_000);
  }

  @Test
  void leavesAFileThatChangesWhileItIsTakenToTheNextRun() throws IOException {
    drop("a.ndjson", row(1));
    InboxFile old = file("a.ndjson");
    drop("a.ndjson", row(2));
    assertThat(intake(never -> false, true).take(old)).isEmpty();
    drop("b.ndjson", row(1));
    InboxFile gone = file("b.ndjson");
    bucket.delete(gone.key());
    assertThat(intake(never -> false, true).take(gone)).isEmpty();
    assertThat(landed()).isEmpty();
    assertThat(run().files()).hasSize(1);
  }

  @Test
  void tellsHowManyFilesItLeft() {
    assertThat(new InboxResult(List.of(), 0, 2, Map.of()).summary())
        .contains("2 files changed or went away meanwhile: left to the next run");
    assertThat(new InboxResult(List.of(), 0, 0, Map.of()).summary()).hasSize(1);
  }

  @Test
  void refusesToLandAnotherContentUnderAKnownName() throws IOException {
    LandingPuts puts = LandingPuts.into(bucket);
    drop("a.ndjson", row(1) + row(2));
    InboxFile file = file("a.ndjson");
    LandingChunk one = new LandingChunk(file, 0);
    LandingChunk other = new LandingChunk(file, 0);
    one.add(
        new RowCheck(file).line(InboxRow.of(1, row(1).strip().getBytes(StandardCharsets.UTF_8))));
    other.add(
        new RowCheck(file).line(InboxRow.of(2, row(2).strip().getBytes(StandardCharsets.UTF_8))));
    LandingContent content = one.content();
    puts.put(content);
    puts.put(content);
    assertThatThrownBy(() -> puts.put(other.content())).hasMessageContaining("another content");
  }

  private static String row(int number) {
    return "{\"user_id\":\"u%d\",\"name\":\"purchase\",\"timestamp\":1772452800}\n"
        .formatted(number);
  }

  private void drop(String name, String text) throws IOException {
    drop(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void drop(String name, byte[] bytes) throws IOException {
    bucket.write(FOLDER + name, bytes);
  }

  private InboxFile file(String name) throws IOException {
    return InboxFile.of("acme", bucket.path("").toUri(), bucket.find(FOLDER + name).orElseThrow());
  }

  private InboxResult run() throws IOException {
    return (InboxResult) lake.run().run(new InboxJob());
  }

  private JsonNode result(String name) throws IOException {
    return Json.mapper().readTree(bucket.read(LakeLayout.inboxResult(FOLDER + name)).orElseThrow());
  }

  private List<String> rejections(String name) throws IOException {
    List<String> rejections = new ArrayList<>();
    result(name)
        .get("rejections")
        .forEach(
            each -> rejections.add(each.get("row").asText() + " " + each.get("reason").asText()));
    return rejections;
  }

  private String problem(String name) throws IOException {
    return result(name).get("problem").asText();
  }

  private List<String> landed() throws IOException {
    List<String> keys = new ArrayList<>();
    bucket.list(LandingKey.PREFIX, entry -> keys.add(entry.key()));
    return keys;
  }

  private List<String> events() throws IOException {
    lake.run().run(new CompactJob());
    TreeSet<String> events = new TreeSet<>();
    for (Row row :
        lake.run()
            .tables()
            .read(EventsTable.SPEC)
            .select("event_id", "user_id", "event_name", "value", "currency", "properties")
            .collectAsList()) {
      String id = row.getString(0).length() == 64 ? "rowid" : row.getString(0);
      events.add(
          "%s %s %s %s %s %s"
              .formatted(
                  id,
                  row.get(1),
                  row.get(2),
                  Optional.ofNullable(row.getDecimal(3)).map(Object::toString).orElse("null"),
                  row.get(4),
                  row.get(5)));
    }
    return List.copyOf(events);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
