package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.config.DataSize;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.export.DatasetExport;
import dev.copyloop.jobs.export.ExportConfig;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.export.ExportResult;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports over a real S3 server: etags, whole objects, and what others do to the bucket. */
class ExportOnStorageTest {
  private static final Instant NINE = Instant.parse("2026-11-03T09:00:00Z");
  private static final String DAY = "generations/2026/11/03/";
  private static final String EXPORTS = "exports/acme/";

  @TempDir private Path folder;

  private TestLake lake(ExportSettings exports) throws IOException {
    return TestLake.in(Fixtures.storage(), folder, settings(exports));
  }

  private static Settings settings(ExportSettings exports) {
    return SampleSettings.exporting(
        SampleSettings.of(ZoneOffset.UTC, List.of(), List.of()), exports);
  }

  private static ExportSettings only(ExportSettings.Dataset... datasets) {
    return new ExportSettings(Set.of(datasets), ExportSettings.Shape.DEFAULT, Optional.empty());
  }

  @Test
  void readsChangedDaysOnlyAndNoneInAnEmptyNight() throws Exception {
    TestLake lake = lake(only(ExportSettings.Dataset.GENERATIONS));
    replace(lake, generation(1, NINE), generation(2, NINE.plus(Duration.ofDays(1))));
    assertThat(export(lake).comparedDays()).containsExactly("2026-11-03", "2026-11-04");
    List<DatasetExport> empty = new ArrayList<>();
    assertThat(SparkWork.of(() -> empty.add(export(lake))).jobs()).isZero();
    assertThat(empty.get(0).comparedDays()).isEmpty();
    assertThat(empty.get(0).rows()).isEqualTo(2);

    Night.land(lake, List.of(), List.of(generation(3, NINE.plus(Duration.ofDays(1)))));
    DatasetExport second = export(lake);

    assertThat(second.comparedDays()).containsExactly("2026-11-04");
    assertThat(second.written()).containsExactly("2026-11-04T09");
    assertThat(second.rows()).isEqualTo(3);
    JsonNode day = manifest(lake, "generations/2026/11/04/");
    assertThat(day.get("hours")).hasSize(24);
    assertThat(day.get("rows").asLong()).isEqualTo(2);
    assertThat(day.at("/origin/inputs/0/table").asText()).isEqualTo("lake/generations/");
    assertThat(day.at("/origin/inputs/0/version").asLong()).isPositive();
  }

  @Test
  void whatIsOutIsLookedAtAgainForAnotherShapeAndARebuild() throws IOException {
    TestLake lake = TestLake.in(folder, settings(only(ExportSettings.Dataset.GENERATIONS)));
    Map<String, String> rendered = Map.of("subject", "Hello Ann", "body", "…");
    replace(lake, generation(1, NINE), generation(2, NINE).with("vars_rendered", rendered));
    DatasetExport first = export(lake);
    assertThat(export(lake).comparedDays()).isEmpty();
    assertThat(read(lake, DAY + "09/").columns()).contains("vars").doesNotContain("vars_rendered");

    DatasetExport rebuilt = export(lake.rebuild());

    assertThat(rebuilt.comparedDays()).containsExactly("2026-11-03");
    assertThat(rebuilt.written()).isEmpty();
    assertThat(rebuilt.contentHash()).isEqualTo(first.contentHash());
    ExportSettings asGot =
        new ExportSettings(
            Set.of(ExportSettings.Dataset.GENERATIONS),
            new ExportSettings.Shape(
                ExportSettings.Vars.APART,
                ExportSettings.Rendered.INLINE,
                ExportSettings.Maps.NATIVE,
                ExportSettings.Format.PARQUET),
            Optional.empty());
    assertThat(export(TestLake.in(folder, settings(asGot))).written())
        .containsExactly("2026-11-03T09");
    Dataset<Row> rows = read(lake, DAY + "09/");
    assertThat(rows.columns()).doesNotContain("vars").endsWith("replayed", "vars_rendered");
    assertThat(
            rows.sort("tracking_id").select("vars_rendered").collectAsList().stream()
                .map(row -> row.isNullAt(0) ? null : row.<String, String>getJavaMap(0)))
        .containsExactly(null, rendered);
  }

  @Test
  @Tag("case-5-kill-points")
  void anInterruptedExportIsRepeatedAndAForeignObjectIsNeverOverwritten() throws IOException {
    TestLake lake = lake(only(ExportSettings.Dataset.GENERATIONS));
    Bucket bucket = lake.run().bucket();
    replace(lake, generation(1, NINE));
    export(lake);
    Map<String, byte[]> before = smallObjects(bucket);

    replace(lake, generation(1, NINE), generation(2, NINE));
    DatasetExport second = export(lake);
    // As after a kill between the hour's object and its manifest.
    for (Map.Entry<String, byte[]> object : before.entrySet()) {
      bucket.write(object.getKey(), object.getValue());
    }
    DatasetExport repeated = export(lake);

    assertThat(repeated.written()).containsExactly("2026-11-03T09");
    assertThat(repeated.contentHash()).isEqualTo(second.contentHash());
    assertThat(manifest(lake, DAY + "09/").get("rows").asLong()).isEqualTo(2);
    assertThat(read(lake, DAY + "09/").count()).isEqualTo(2);

    String part = EXPORTS + DAY + "09/part-00000.parquet";
    bucket.write(part, "theirs".getBytes(StandardCharsets.UTF_8));
    replace(lake, generation(3, NINE));
    assertThatThrownBy(() -> export(lake))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("written by somebody else")
        .hasMessageContaining(part);
    assertThat(bucket.read(part)).hasValue("theirs".getBytes(StandardCharsets.UTF_8));

    bucket.delete(part);
    assertThat(export(lake).written()).containsExactly("2026-11-03T09");
    assertThat(manifest(lake, DAY + "09/").get("rows").asLong()).isEqualTo(1);
    assertThat(new String(bucket.read(part).orElseThrow(), StandardCharsets.ISO_8859_1))
        .startsWith("PAR1")
        .endsWith("PAR1");
  }

  /** Manifests and state: what an interrupted run has not written yet. */
  private static Map<String, byte[]> smallObjects(Bucket bucket) throws IOException {
    List<String> keys = new ArrayList<>();
    bucket.list(EXPORTS, entry -> keys.add(entry.key()));
    bucket.list("export-state/", entry -> keys.add(entry.key()));
    Map<String, byte[]> objects = new TreeMap<>();
    for (String key : keys) {
      if (key.endsWith(".json")) {
        objects.put(key, bucket.read(key).orElseThrow());
      }
    }
    return objects;
  }

  @Test
  void splitsAPartAboveTheLimitAndClearsUpWhenItShrinks() throws IOException {
    TestLake lake = lake(only(ExportSettings.Dataset.GENERATIONS));
    SampleGeneration[] many = new SampleGeneration[2_500];
    Arrays.setAll(many, number -> generation(number, NINE));
    replace(lake, many);
    export(lake.run(), new ExportConfig(new DataSize(1)));
    assertThat(names(lake, DAY + "09/"))
        .containsExactly(
            "_manifest.json", "part-00000.parquet", "part-00001.parquet", "part-00002.parquet");
    assertThat(manifest(lake, DAY + "09/").get("files")).hasSize(3);
    assertThat(read(lake, DAY + "09/").count()).isEqualTo(2_500);

    replace(lake, generation(1, NINE));
    export(lake);
    assertThat(names(lake, DAY + "09/")).containsExactly("_manifest.json", "part-00000.parquet");
  }

  @Test
  void writesAvroWithMapsAsJsonToTheOrgsOwnBucket() throws IOException {
    String theirs = Fixtures.storage().newBucket();
    TestLake lake =
        lake(
            new ExportSettings(
                Set.of(ExportSettings.Dataset.GENERATIONS, ExportSettings.Dataset.ENGAGEMENTS),
                new ExportSettings.Shape(
                    ExportSettings.Vars.APART,
                    ExportSettings.Rendered.INLINE,
                    ExportSettings.Maps.JSON,
                    ExportSettings.Format.AVRO),
                Optional.of(
                    new ExportSettings.Destination(
                        theirs,
                        "from/copyloop/",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))));
    replace(
        lake,
        generation(1, NINE)
            .with("attrs", Map.of("plan", "pro", "age", "7"))
            .with("vars_rendered", Map.of("subject", "Hi", "body", "…")),
        generation(2, NINE));

    assertThat(export(lake).location()).isEqualTo("s3a://" + theirs + "/from/copyloop/generations");

    Bucket bucket =
        new Bucket(
            JobsConfig.rootOf(theirs), TestLake.spark().sparkContext().hadoopConfiguration());
    byte[] file = bucket.read("from/copyloop/" + DAY + "09/part-00000.avro").orElseThrow();
    try (DataFileStream<GenericRecord> avro =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      GenericRecord row = avro.next();
      assertThat(row.getSchema().getField("vars")).isNull();
      assertThat(row.get("vars_rendered")).hasToString("{\"body\":\"…\",\"subject\":\"Hi\"}");
      assertThat(row.get("attrs")).hasToString("{\"age\":\"7\",\"plan\":\"pro\"}");
      assertThat(row.get("event_timestamp")).isEqualTo(NINE.getEpochSecond());
      assertThat(row.get("propensity")).isEqualTo(0.5);
      assertThat(row.get("workspace")).hasToString("production");
      assertThat(row.get("fallback")).isNull();
      assertThat(avro.next().get("vars_rendered")).isNull();
      assertThat(avro.hasNext()).isFalse();
    }
    List<String> ours = new ArrayList<>();
    lake.run().bucket().list("exports/", entry -> ours.add(entry.key()));
    assertThat(ours).isEmpty();
  }

  private static SampleGeneration generation(int number, Instant at) {
    return SampleGeneration.of(SampleSettings.MENS, "j" + number, "u" + number, at);
  }

  private static void replace(TestLake lake, SampleGeneration... generations) {
    lake.run()
        .tables()
        .replaceWhere(
            GenerationsTable.SPEC,
            Night.frame(
                Arrays.stream(generations).map(SampleGeneration::row).toList(),
                GenerationsTable.SPEC.schema()),
            "true",
            Optional.empty());
    Night.keepLedger(lake.run());
  }

  private static DatasetExport export(TestLake lake) throws IOException {
    return export(lake.run());
  }

  private static DatasetExport export(RunContext run) throws IOException {
    return export(run, new ExportConfig(DataSize.ofGibibytes(1)));
  }

  private static DatasetExport export(RunContext run, ExportConfig config) throws IOException {
    run.run(new PublishJob());
    ExportResult result = (ExportResult) run.run(new ExportJob(config));
    return result.datasets().stream()
        .filter(each -> each.dataset().equals("generations"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode manifest(TestLake lake, String path) throws IOException {
    return Json.mapper()
        .readTree(lake.run().bucket().read(EXPORTS + path + "_manifest.json").orElseThrow());
  }

  private static List<String> names(TestLake lake, String path) throws IOException {
    List<String> names = new ArrayList<>();
    lake.run()
        .bucket()
        .list(EXPORTS + path, entry -> names.add(entry.key().substring((EXPORTS + path).length())));
    names.sort(null);
    return names;
  }

  private static Dataset<Row> read(TestLake lake, String path) {
    String address = lake.run().bucket().path(EXPORTS + path + "*.parquet").toString();
    return TestLake.spark().read().parquet(address);
  }
}
