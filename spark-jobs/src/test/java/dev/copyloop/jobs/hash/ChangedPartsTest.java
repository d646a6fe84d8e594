package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Path;
import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedPartsTest {
  private static final List<String> OF_ORGS = List.of("org", "day");
  private static final TableSpec TABLE =
      new TableSpec(
          "visits",
          new Columns()
              .required(DataTypes.StringType, "org")
              .required(DataTypes.LongType, "visits")
              .required(DataTypes.DateType, "day")
              .schema(),
          Optional.of("day"),
          Set.of());

  @TempDir private Path folder;
  private RunContext run;
  private ContentHash whole;

  @BeforeEach
  void fill() {
    run = TestLake.in(folder).run();
    whole =
        ContentHash.parse(
            parts()
                .apply(TABLE, rows("a 1 2026-03-01", "b 2 2026-03-01", "a 3 2026-03-02"), OF_ORGS)
                .contentHash());
  }

  private ChangedParts parts() {
    return new ChangedParts(run.tables());
  }

  @Test
  void partsAreReplacedAndWhatSharesTheirDaysStays() {
    TableChange change =
        parts()
            .apply(
                TABLE,
                rows("a 4 2026-03-01", "a 3 2026-03-02"),
                OF_ORGS,
                Set.of("a|2026-03-01", "a|2026-03-02"),
                whole);

    assertThat(change.replaced()).containsExactly("a|2026-03-01");
    assertHas(change, "a 4 2026-03-01", "b 2 2026-03-01", "a 3 2026-03-02");
  }

  @Test
  void partWithoutRowsBecomesEmptyAndWhatSharesItsDayStays() {
    TableChange change =
        parts().apply(TABLE, rows(), OF_ORGS, Set.of("a|2026-03-01", "c|2026-03-01"), whole);

    assertThat(change.replaced()).containsExactly("a|2026-03-01");
    assertHas(change, "b 2 2026-03-01", "a 3 2026-03-02");
  }

  @Test
  void partThatIsNewOnADayOfOthersIsAdded() {
    TableChange change =
        parts().apply(TABLE, rows("c 5 2026-03-02"), OF_ORGS, Set.of("c|2026-03-02"), whole);

    assertThat(change.replaced()).containsExactly("c|2026-03-02");
    assertHas(change, "a 1 2026-03-01", "b 2 2026-03-01", "a 3 2026-03-02", "c 5 2026-03-02");
  }

  @Test
  void ofAllRowsOnlyPartsThatDifferAreReplaced() {
    TableChange change =
        parts().apply(TABLE, rows("a 1 2026-03-01", "b 6 2026-03-01", "a 7 2026-03-03"), OF_ORGS);

    assertThat(change.replaced()).containsExactly("a|2026-03-02", "a|2026-03-03", "b|2026-03-01");
    assertHas(change, "a 1 2026-03-01", "b 6 2026-03-01", "a 7 2026-03-03");
  }

  @Test
  void wholeTableIsOnePart() {
    TableChange change = parts().apply(TABLE, rows("b 8 2026-03-04"), List.of());

    assertThat(change.replaced()).containsExactly("");
    assertHas(change, "b 8 2026-03-04");
  }

  @Test
  void sameRowsCommitNothing() {
    long version = run.tables().version(TABLE);
    TableChange change =
        parts().apply(TABLE, rows("a 1 2026-03-01"), OF_ORGS, Set.of("a|2026-03-01"), whole);

    assertThat(change.replaced()).isEmpty();
    assertThat(change.contentHash()).isEqualTo(whole.toString());
    assertThat(run.tables().version(TABLE)).isEqualTo(version);
  }

  private void assertHas(TableChange change, String... rows) {
    Dataset<Row> present = run.tables().read(TABLE);
    assertThat(present.collectAsList())
        .containsExactlyInAnyOrderElementsOf(rows(rows).toJavaRDD().collect());
    assertThat(change.contentHash())
        .isEqualTo(ContentHashes.of(present, List.of("org", "visits", "day")).toString());
    assertThat(change.rows()).isEqualTo(rows.length);
  }

  /** Each {@code org visits day}. */
  private static Dataset<Row> rows(String... rows) {
    List<Row> all =
        Arrays.stream(rows)
            .map(row -> row.split(" "))
            .map(row -> RowFactory.create(row[0], Long.valueOf(row[1]), Date.valueOf(row[2])))
            .toList();
    return TestLake.spark().createDataFrame(all, TABLE.schema());
  }
}
