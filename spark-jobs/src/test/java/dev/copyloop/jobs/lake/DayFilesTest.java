package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks write by themselves against what Spark and Delta write of the same rows. */
class DayFilesTest {
  private static final TableSpec OURS = table("ours");
  private static final TableSpec THEIRS = table("theirs");

  @TempDir private Path folder;
  private RunContext run;

  private static TableSpec table(String name) {
    return TableSpec.daily(
        name,
        new Columns()
            .required(DataTypes.DateType, "date")
            .required(DataTypes.StringType, "org")
            .required(DataTypes.TimestampType, "occurred_at")
            .optional(DataTypes.StringType, "batch_id", "text")
            .optional(DataTypes.DateType, "other_day")
            .optional(DataTypes.IntegerType, "number")
            .optional(DataTypes.LongType, "long_number")
            .optional(DataTypes.DoubleType, "real")
            .optional(DataTypes.BooleanType, "flag")
            .optional(Columns.MONEY, "amount")
            .optional(Columns.TEXTS, "texts")
            .optional(DataTypes.createArrayType(DataTypes.StringType, false), "list")
            .schema());
  }

  @BeforeEach
  void open() {
    run = TestLake.in(folder).run();
  }

  @Test
  void theRowsAndTheStatisticsAreThoseThatDeltaWrites() throws IOException {
    Dataset<Row> rows = rows(someRows());
    run.tables().append(THEIRS, rows, Optional.of("batch-7"));
    run.tables().append(OURS, InternalRows.of(rows), Optional.of("batch-7"));

    assertThat(texts(OURS)).isEqualTo(texts(THEIRS)).hasSize(someRows().size());
    assertThat(statistics(OURS)).isEqualTo(statistics(THEIRS)).hasSize(2);
    assertThat(run.tables().isKnownEmpty(OURS)).isFalse();
  }

  @Test
  void readersLeaveFilesOutByThem() {
    run.tables().append(OURS, InternalRows.of(rows(someRows())), Optional.empty());

    assertThat(run.tables().read(OURS).where("batch_id = 'b'").count()).isEqualTo(1);
    assertThat(run.tables().read(OURS).where("batch_id = 'zz'").count()).isZero();
    assertThat(run.tables().read(OURS).where("occurred_at < '2026-03-01'").count()).isZero();
    assertThat(run.tables().read(OURS).where("date = DATE'2026-03-02'").count()).isEqualTo(1);
  }

  @Test
  void aRowWithoutWhatItMustHaveIsRefused() {
    Row row = row("2026-03-01", null, "2026-03-01T10:00:00Z", "a");

    assertThatThrownBy(
            () ->
                run.tables()
                    .append(OURS, InternalRows.of(nullable(List.of(row))), Optional.empty()))
        .hasStackTraceContaining("Cannot write a row without its org");
    assertThat(run.tables().isKnownEmpty(OURS)).isTrue();
  }

  @Test
  void aTableWithoutDaysAndOneWhoseDayComesLaterAreWritten() {
    Columns columns =
        new Columns()
            .required(DataTypes.StringType, "org")
            .required(DataTypes.DateType, "date")
            .optional(DataTypes.StringType, "text");
    for (TableSpec table :
        List.of(
            TableSpec.flat("flat", columns.schema()), TableSpec.daily("later", columns.schema()))) {
      Dataset<Row> rows =
          TestLake.spark()
              .createDataFrame(
                  List.of(
                      RowFactory.create("acme", Date.valueOf("2026-03-01"), "a"),
                      RowFactory.create("beta", Date.valueOf("2026-03-02"), null)),
                  table.schema())
              .coalesce(1);
      run.tables().append(table, InternalRows.of(rows), Optional.empty());

      assertThat(run.tables().read(table).select("org", "date", "text").collectAsList())
          .containsExactlyInAnyOrderElementsOf(rows.collectAsList());
      assertThat(run.tables().files(table).count()).isEqualTo(OptionalLong.of(rows.count()));
    }
  }

  @Test
  @Tag("slow")
  void rowsOfTooManyDaysAreWrittenBySparkAndLeaveNoFileBehind() throws IOException {
    LocalDate first = LocalDate.parse("2026-01-01");
    List<Row> rows =
        IntStream.range(0, 101)
            .mapToObj(
                day -> row(first.plusDays(day).toString(), "acme", "2026-03-01T00:00:00Z", null))
            .toList();
    run.tables().append(OURS, InternalRows.of(rows(rows)), Optional.empty());

    assertThat(run.tables().days(OURS)).hasSize(rows.size());
    try (Stream<Path> files = Files.walk(folder.resolve("lake/" + OURS.name()))) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(rows.size());
    }
  }

  @Test
  void manyFilesOfATaskKeepNoMoreTogetherThanOne() throws IOException {
    List<Row> rows =
        IntStream.range(0, 6_000)
            .mapToObj(
                i -> row("2026-03-0" + (1 + i % 2), "acme", "2026-03-01T00:00:00Z", "batch-" + i))
            .toList();
    run.tables().read(OURS);
    String location = run.tables().location(OURS);
    List<DayFile> files =
        DayFiles.of(TestLake.spark(), location, OURS)
            .keeping(8 * 1024)
            .write(InternalRows.of(rows(rows)))
            .orElseThrow();
    FileCommit.append(TestLake.spark(), location, files, OptionalLong.empty(), "{}");

    assertThat(files).hasSize(2);
    for (DayFile file : files) {
      assertThat(rowGroups(Path.of(URI.create(location)).resolve(file.path()))).isGreaterThan(1);
    }
    assertThat(run.tables().read(OURS).select("batch_id").distinct().count()).isEqualTo(6_000);
  }

  private static int rowGroups(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getRowGroups().size();
    }
  }

  @Test
  void aCommitWhoseNumberIsLateIsLeftOut() {
    append(7);
    append(7);
    append(6);
    assertThat(run.tables().read(OURS).count()).isEqualTo(someRows().size());

    append(8);
    assertThat(run.tables().read(OURS).count()).isEqualTo(2L * someRows().size());
  }

  private void append(long number) {
    run.tables().read(OURS);
    String location = run.tables().location(OURS);
    DayFiles files = DayFiles.of(TestLake.spark(), location, OURS);
    FileCommit.append(
        TestLake.spark(),
        location,
        files.write(InternalRows.of(rows(someRows()))).orElseThrow(),
        OptionalLong.of(number),
        "{}");
  }

  private static List<Row> someRows() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("a", "");
    texts.put("ä", "1");
    List<Row> rows = new ArrayList<>();
    rows.add(row("2026-03-01", "acme", "2026-03-01T00:00:00.000001Z", null));
    rows.add(row("2026-03-02", "zeta", "2026-03-02T23:59:59.999999Z", "b"));
    rows.add(row("2026-03-01", "acme", "2026-03-01T12:34:56.789Z", "a"));
    rows.add(
        RowFactory.create(
            Date.valueOf("2026-03-01"),
            "beta",
            Timestamp.from(Instant.parse("2026-03-01T10:00:00.123456Z")),
            "a",
            "grüße 😀",
            Date.valueOf("1969-12-31"),
            -7,
            Long.MIN_VALUE,
            0.1,
            true,
            new BigDecimal("-12345678901234.567890"),
            texts,
            List.of("x", "")));
    return rows;
  }

  private static Row row(String day, String org, String occurredAt, String batch) {
    Object[] values = new Object[OURS.schema().size()];
    values[0] = Date.valueOf(LocalDate.parse(day));
    values[1] = org;
    values[2] = Timestamp.from(Instant.parse(occurredAt));
    values[3] = batch;
    return RowFactory.create(values);
  }

  private static Dataset<Row> rows(List<Row> rows) {
    return TestLake.spark().createDataFrame(rows, OURS.schema()).coalesce(1);
  }

  private static Dataset<Row> nullable(List<Row> rows) {
    return TestLake.spark().createDataFrame(rows, OURS.schema().asNullable());
  }

  private List<String> texts(TableSpec table) {
    return run.tables().read(table).collectAsList().stream()
        .map(row -> row.toString() + new TreeMap<>(texts(row)))
        .sorted()
        .toList();
  }

  private static Map<String, String> texts(Row row) {
    return row.isNullAt(11) ? Map.of() : row.getJavaMap(11);
  }

  /** By day. */
  private Map<String, JsonNode> statistics(TableSpec table) throws IOException {
    Path log = folder.resolve("lake/" + table.name() + "/_delta_log/00000000000000000001.json");
    Map<String, JsonNode> statistics = new TreeMap<>();
    for (String line : Files.readAllLines(log)) {
      JsonNode file = Json.mapper().readTree(line).path("add");
      if (!file.isMissingNode()) {
        statistics.put(
            file.at("/partitionValues/date").asText(),
            Json.mapper().readTree(file.path("stats").asText()));
      }
    }
    return statistics;
  }
}
