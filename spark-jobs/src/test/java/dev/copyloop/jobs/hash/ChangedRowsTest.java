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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedRowsTest {

  private static final TableSpec TABLE =
      TableSpec.daily(
          "visits",
          new Columns()
              .required(DataTypes.DateType, "date")
              .required(DataTypes.StringType, "visitor")
              .schema());

  private static final Row FIRST = row(1, "a");
  private static final Row SAME_DAY = row(1, "b");
  private static final Row SECOND = row(2, "c");
  private static final Row THIRD = row(3, "d");

  @TempDir private Path folder;
  private RunContext run;
  private ChangedRows changes;

  @BeforeEach
  void open() {
    run = TestLake.in(folder).run();
    changes = new ChangedRows(run.tables());
    run.tables().append(TABLE, frame(FIRST, SAME_DAY, SECOND), Optional.empty());
  }

  private static Row row(int day, String visitor) {
    return RowFactory.create(Date.valueOf("2026-03-0" + day), visitor);
  }

  private static Dataset<Row> frame(Row... rows) {
    return TestLake.spark().createDataFrame(Arrays.asList(rows), TABLE.schema());
  }

  private ContentHash content() {
    return ContentHashes.of(run.tables().read(TABLE), Arrays.asList(TABLE.schema().fieldNames()));
  }

  private List<Row> table() {
    return run.tables().read(TABLE).collectAsList();
  }

  @Test
  void replacesRowsByOthers() {
    TableChange change =
        changes.apply(TABLE, frame(SECOND, THIRD), frame(FIRST, SECOND), content());

    assertThat(table()).containsExactlyInAnyOrder(SAME_DAY, SECOND, THIRD);
    assertThat(change.replaced()).containsExactly("2026-03-01", "2026-03-03");
    assertThat(change.contentHash()).isEqualTo(content().toString());
  }

  @Test
  void addsRowsThatTheTableDoesNotHave() {
    TableChange change =
        changes.addMissing(TABLE, frame(FIRST, THIRD), frame(FIRST, SAME_DAY, SECOND), content());

    assertThat(table()).containsExactlyInAnyOrder(FIRST, SAME_DAY, SECOND, THIRD);
    assertThat(change.replaced()).containsExactly("2026-03-03");
    assertThat(change.contentHash()).isEqualTo(content().toString());
  }

  @Test
  void writesNothingWhereTheTableHasAll() {
    long version = run.tables().version(TABLE);

    TableChange change = changes.addMissing(TABLE, frame(FIRST), frame(FIRST, SECOND), content());

    assertThat(change.replaced()).isEmpty();
    assertThat(run.tables().version(TABLE)).isEqualTo(version);
  }
}
