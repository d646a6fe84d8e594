package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.export.Loaders;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadersTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "loaders");
  private static final String EXAMPLE_ADDRESS = "s3://copyloop/exports/acme/";
  private static final Instant NINE = Instant.parse("2026-11-03T09:00:00Z");

  @TempDir private Path folder;

  @AfterEach
  void leaveDatabase() {
    TestLake.spark().sql("USE default");
    TestLake.spark().sql("DROP DATABASE IF EXISTS loaded CASCADE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb.sql", "snowflake.sql", "spark.sql", "bigquery.sql"})
  void theExamplesInTheDocumentationAreWhatIsWritten(String file) throws IOException {
    TestLake lake = lake();
    lake.run().run(new PublishJob());
    assertThat(EXAMPLES.resolve(file)).hasContent(written(lake, file));
  }

  @Test
  void sparkLoadsTwiceTheSameAndARestatedHourInThePlaceOfItsOldRows() throws IOException {
    TestLake lake = lake();
    SparkSession spark = TestLake.spark();
    spark.sql("CREATE DATABASE loaded LOCATION '" + folder.resolve("warehouse").toUri() + "'");
    spark.sql("USE loaded");
    export(lake, generation(1, 0), generation(2, 3_600));
    load(lake);
    assertThat(loaded(spark)).containsExactly("j1", "j2");
    long version = version(spark);

    load(lake);
    assertThat(loaded(spark)).containsExactly("j1", "j2");
    assertThat(version(spark)).isEqualTo(version);

    export(lake, generation(1, 0), generation(3, 3_600), generation(4, 3_601));
    load(lake);
    assertThat(loaded(spark)).containsExactly("j1", "j3", "j4");
  }

  private TestLake lake() throws IOException {
    return TestLake.in(folder, SampleSettings.of(ZoneOffset.UTC, List.of(), List.of()));
  }

  private static SampleGeneration generation(int number, int second) {
    return SampleGeneration.of(
        SampleSettings.MENS, "j" + number, "u" + number, NINE.plusSeconds(second));
  }

  private static void export(TestLake lake, SampleGeneration... generations) throws IOException {
    RunContext run = lake.run();
    run.tables()
        .replaceWhere(
            GenerationsTable.SPEC,
            Night.frame(
                Arrays.stream(generations).map(SampleGeneration::row).toList(),
                GenerationsTable.SPEC.schema()),
            "true",
            Optional.empty());
    Night.keepLedger(run);
    run.run(new PublishJob());
    run.run(new ExportJob());
  }

  private void load(TestLake lake) throws IOException {
    String address = lake.run().bucket().path("exports/acme").toString() + "/";
    String sql = written(lake, "spark.sql").replace("s3a://copyloop/exports/acme/", address);
    for (String statement : statements(sql)) {
      TestLake.spark().sql(statement);
    }
  }

  /** What is written for generations, the first dataset. */
  private String written(TestLake lake, String file) throws IOException {
    Path written = Files.createDirectories(folder.resolve("written"));
    Loaders.of(lake.run(), "acme", EXAMPLE_ADDRESS).write(written);
    String sql = Files.readString(written.resolve(file));
    return sql.substring(0, sql.indexOf("\n-- daily_metrics"));
  }

  private static List<String> statements(String sql) {
    List<String> statements = new ArrayList<>();
    for (String statement : Arrays.asList(sql.split(";\n", -1))) {
      if (!statement.isBlank()) {
        statements.add(statement);
      }
    }
    return statements;
  }

  private static List<String> loaded(SparkSession spark) {
    return spark.sql("SELECT tracking_id FROM generations ORDER BY 1").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static long version(SparkSession spark) {
    return spark.sql("DESCRIBE HISTORY generations").selectExpr("max(version)").first().getLong(0);
  }
}
