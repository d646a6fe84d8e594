package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.run.TestLake;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowDifferencesTest {

  private static final StructType SCHEMA =
      new Columns()
          .required(DataTypes.StringType, "part")
          .optional(DataTypes.StringType, "text", "more")
          .schema();

  private static final List<String> COLUMNS = Arrays.asList(SCHEMA.fieldNames());

  private static Row row(String part, String text, String more) {
    return RowFactory.create(part, text, more);
  }

  private static Dataset<Row> frame(Row... rows) {
    return TestLake.spark().createDataFrame(Arrays.asList(rows), SCHEMA).repartition(3);
  }

  private static ContentHash hash(Row... rows) {
    return ContentHashes.of(frame(rows), COLUMNS);
  }

  private static List<Row> rows(JavaRDD<InternalRow> rows) {
    return InternalRows.frame(TestLake.spark(), rows, SCHEMA).collectAsList();
  }

  @Test
  void rowsOfBothSidesCancelEachOtherAndTheOthersAreHashedByPart() {
    Row same = row("a", null, "x");
    Row gained = row("a", "x", null);
    Row alsoGained = row("b", "", "x");
    Row lost = row("c", "y", "y");
    try (RowDifferences differences =
        RowDifferences.of(frame(same, gained, alsoGained), frame(lost, same), List.of("part"))) {

      assertThat(differences.gained()).containsOnlyKeys("a", "b");
      assertThat(differences.gained().get("a")).isEqualTo(hash(gained));
      assertThat(differences.gained().get("b")).isEqualTo(hash(alsoGained));
      assertThat(differences.lost()).containsOnlyKeys("c");
      assertThat(differences.lost().get("c")).isEqualTo(hash(lost));
      assertThat(rows(differences.gainedRows())).containsExactlyInAnyOrder(gained, alsoGained);
      assertThat(rows(differences.gainedRows("part = 'b'"))).containsExactly(alsoGained);
    }
  }

  /** With the lost rows' hashes on the executors, and shuffled. */
  @ParameterizedTest
  @ValueSource(ints = {1, 0})
  void partOfATableIsBroughtToWhatWasComputed(int limit) {
    Row untouched = row("a", "0", "0");
    Row lost = row("a", "1", "1");
    Row gained = row("a", "2", "2");
    Row elsewhere = row("b", "3", "3");
    try (RowDifferences differences =
        RowDifferences.of(frame(gained, elsewhere), frame(lost), List.of("part"))) {

      assertThat(
              differences
                  .appliedTo(
                      frame(untouched, lost).where(col("part").equalTo("a")), "part = 'a'", limit)
                  .collectAsList())
          .containsExactlyInAnyOrder(untouched, gained);
    }
  }

  @Test
  void tableWithoutPartsIsOnePart() {
    Row one = row("a", "1", "1");
    Row other = row("b", "2", "2");
    try (RowDifferences differences = RowDifferences.of(frame(one), frame(other), List.of())) {
      assertThat(differences.gained()).isEqualTo(Map.of("", hash(one)));
      assertThat(differences.lost()).isEqualTo(Map.of("", hash(other)));
    }
  }

  @Test
  void rowsThatAreEqualOnOneSideAreOne() {
    Row gained = row("a", "1", "1");
    Row same = row("a", "2", "2");
    try (RowDifferences differences =
        RowDifferences.of(
            frame(same, gained, gained, same), frame(same, same, same), List.of("part"))) {
      assertThat(differences.gained()).isEqualTo(Map.of("a", hash(gained)));
      assertThat(differences.lost()).isEmpty();
    }
  }
}
