package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTablesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 3, 2);
  private static final TableSpec VISITS =
      TableSpec.daily(
          "visits",
          new Columns()
              .required(DataTypes.DateType, "date")
              .required(DataTypes.StringType, "org", "visitor")
              .schema(),
          "visitor");

  @TempDir private Path folder;
  private RunContext run;

  @BeforeEach
  void open() {
    run = TestLake.in(folder).run();
  }

  @Test
  void createsATableBeforeItIsRead() {
    for (TableSpec table :
        List.of(EventsTable.SPEC, GenerationsTable.SPEC, QuarantineTable.SPEC, LedgerTable.SPEC)) {
      assertThat(run.tables().read(table).schema().names()).isEqualTo(table.schema().names());
      assertThat(run.tables().read(table).count()).isZero();
    }
  }

  @Test
  void knowsThatATableHasNoRowsYet() {
    assertThat(run.tables().isKnownEmpty(VISITS)).isTrue();

    run.tables().append(VISITS, rows(FIRST, "a"), Optional.empty());

    assertThat(run.tables().isKnownEmpty(VISITS)).isFalse();
  }

  @Test
  void replacesWholeDaysInOneCommit() {
    run.tables().append(VISITS, rows(FIRST, "a", SECOND, "b"), Optional.of("batch"));
    run.tables()
        .replaceDays(VISITS, InternalRows.of(rows(SECOND, "c")), List.of(SECOND), Optional.empty());

    assertThat(orgs()).containsExactlyInAnyOrder("2026-03-01 a", "2026-03-02 c");
    assertThat(history()).hasSize(3);
  }

  @Test
  @Tag("case-7-stray-row")
  void refusesAStrayRowOfAnotherDay() {
    run.tables().append(VISITS, rows(FIRST, "a"), Optional.empty());

    assertThatThrownBy(
            () ->
                run.tables()
                    .replaceDays(
                        VISITS,
                        InternalRows.of(rows(FIRST, "x")),
                        List.of(SECOND),
                        Optional.empty()))
        .hasMessageContaining("Cannot replace days [2026-03-02] of table visits: a row is of");
    assertThat(orgs()).containsExactly("2026-03-01 a");
  }

  @Test
  void opensOnlyFilesThatMayHoldWhatIsAskedFor() throws IOException {
    run.tables().append(VISITS, rows(FIRST, "b", SECOND, "d"), Optional.empty());
    deleteFilesOf(SECOND);

    Dataset<Row> visits = run.tables().read(VISITS);

    assertThat(orgs(visits.where(col("date").equalTo(lit(FIRST))))).containsExactly("2026-03-01 b");
    assertThat(orgs(visits.where(col("date").lt(lit(SECOND)).and(col("visitor").isNotNull()))))
        .containsExactly("2026-03-01 b");
    assertThat(orgs(visits.where(col("org").equalTo("b")))).containsExactly("2026-03-01 b");
    assertThat(orgs(visits.where(col("org").equalTo("a")))).isEmpty();
    assertThatThrownBy(() -> orgs(visits.where(col("org").equalTo("d"))))
        .hasMessageContaining("does not exist");
  }

  private void deleteFilesOf(LocalDate day) throws IOException {
    Path files = folder.resolve("lake/visits/date=" + day);
    try (var all = Files.list(files)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void keepsNoStatisticsOfPersonalColumns() {
    run.tables().append(VISITS, rows(FIRST, "a"), Optional.empty());

    String log =
        TestLake.spark()
            .read()
            .text(folder.resolve("lake/visits/_delta_log/00000000000000000001.json").toString())
            .collectAsList()
            .toString();
    assertThat(log).contains("\\\"org\\\":\\\"a\\\"").doesNotContain("somebody");
  }

  @Test
  void saysInEveryCommitWhichRunAndBatchMadeIt() {
    run.tables().append(VISITS, rows(FIRST, "a"), Optional.of("batch-7"));

    assertThat(history().get(0).getAs("userMetadata").toString())
        .contains(run.runId())
        .contains("batch-7");
  }

  private List<Row> history() {
    return DeltaTable.forPath(TestLake.spark(), run.tables().location(VISITS))
        .history()
        .collectAsList();
  }

  private List<String> orgs() {
    return orgs(run.tables().read(VISITS));
  }

  private static List<String> orgs(Dataset<Row> visits) {
    return visits.collectAsList().stream().map(row -> row.get(0) + " " + row.get(1)).toList();
  }

  private static Dataset<Row> rows(Object... dayAndPage) {
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < dayAndPage.length; i += 2) {
      LocalDate day = (LocalDate) dayAndPage[i];
      rows.add(RowFactory.create(java.sql.Date.valueOf(day), dayAndPage[i + 1], "somebody"));
    }
    return TestLake.spark().createDataFrame(rows, VISITS.schema());
  }
}
