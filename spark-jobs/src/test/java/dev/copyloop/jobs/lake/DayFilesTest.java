package dev.copyloop.jobs.lake;

import static dev.copyloop.jobs.lake.SampleRows.row;
import static dev.copyloop.jobs.lake.SampleRows.rows;
import static dev.copyloop.jobs.lake.SampleRows.someRows;
import static dev.copyloop.jobs.lake.SampleRows.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
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
  void daysAreReplacedAsDeltaReplacesThem() {
    LocalDate day = LocalDate.parse("2026-03-01");
    Dataset<Row> rows = rows(List.of(row("2026-03-01", "new", "2026-03-01T00:00:00Z", "c")));
    for (TableSpec table : List.of(OURS, THEIRS)) {
      run.tables().append(table, InternalRows.of(rows(someRows())), Optional.empty());
    }
    run.tables()
        .replaceWhere(
            THEIRS, rows, LakeTables.daysPredicate(THEIRS, List.of(day)), Optional.empty());
    run.tables().replaceDays(OURS, InternalRows.of(rows), List.of(day), Optional.empty());

    assertThat(texts(OURS)).isEqualTo(texts(THEIRS)).hasSize(2);
    assertThat(run.tables().version(OURS)).isEqualTo(run.tables().version(THEIRS));
    for (TableSpec table : List.of(OURS, THEIRS)) {
      FileChanges changes = run.tables().changesSince(table, 1).orElseThrow();
      assertThat(changes.gained()).hasSize(1);
      assertThat(changes.lost()).hasSize(1);
      assertThat(run.tables().daysChangedSince(table, 1).orElseThrow()).containsExactly(day);
      assertThat(operation(table)).isEqualTo(operation(THEIRS));
    }
  }

  private String operation(TableSpec table) {
    Row commit =
        DeltaTable.forPath(TestLake.spark(), run.tables().location(table)).history(1).first();
    return commit.getAs("operation")
        + " "
        + commit.getJavaMap(commit.fieldIndex("operationParameters")).get("mode")
        + " "
        + commit.getAs("isBlindAppend");
  }

  @Test
  void allRowsAreReplacedAndADayWithoutRowsBecomesEmpty() {
    run.tables().append(OURS, InternalRows.of(rows(someRows())), Optional.empty());
    run.tables()
        .replaceDays(
            OURS,
            InternalRows.of(rows(List.of())),
            List.of(LocalDate.parse("2026-03-01")),
            Optional.empty());
    assertThat(run.tables().days(OURS)).containsExactly(LocalDate.parse("2026-03-02"));

    run.tables().replaceAll(OURS, InternalRows.of(rows(List.of())), Optional.empty());
    assertThat(run.tables().isKnownEmpty(OURS)).isTrue();
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
    FileCommit.begin(TestLake.spark(), location).adding(files).make(OptionalLong.empty(), "{}");

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

  private static Dataset<Row> nullable(List<Row> rows) {
    return TestLake.spark().createDataFrame(rows, OURS.schema().asNullable());
  }

  private List<String> texts(TableSpec table) {
    return run.tables().read(table).collectAsList().stream()
        .map(row -> values(row).toString() + new TreeMap<>(texts(row)) + bytes(row))
        .sorted()
        .toList();
  }

  private static Map<String, String> texts(Row row) {
    return row.isNullAt(11) ? Map.of() : row.getJavaMap(11);
  }

  /** All but the bytes, which are spelled by where they lie. */
  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.fieldIndex("bytes"); i++) {
      values.add(row.get(i));
    }
    return values;
  }

  private static String bytes(Row row) {
    byte[] bytes = row.getAs("bytes");
    return Arrays.toString(bytes);
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
