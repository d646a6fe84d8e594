package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.TestLake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RowSumsTest {

  private static List<String> added(Dataset<Row> rows) {
    return RowSums.of(rows, 2).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Dataset<Row> rows(String values) {
    return TestLake.spark()
        .sql(
            "SELECT CAST(number AS BIGINT), 10L AS ten, text, CAST(day AS DATE), flag FROM VALUES "
                + values
                + " AS t(number, text, day, flag)")
        .coalesce(1);
  }

  @Test
  void addsUpRowsThatAreAlikeInAllElse() {
    assertThat(
            added(
                rows(
                    "(1, 'a', '2026-03-01', true), (2, 'a', '2026-03-01', true), (-4, 'a', '2026-03-01', false),"
                        + " (8, 'a', '2026-03-02', true), (16, 'b', '2026-03-01', true), (32, 'a', '2026-03-01', true)")))
        .containsExactly(
            "[-4,10,a,2026-03-01,false]",
            "[16,10,b,2026-03-01,true]",
            "[35,30,a,2026-03-01,true]",
            "[8,10,a,2026-03-02,true]");
  }

  @Test
  void tellsNullsFromWhatTheyAreSpelledLike() {
    assertThat(
            added(
                rows(
                    "(1, '', '1970-01-01', false), (2, null, '1970-01-01', false), (4, '', null, false),"
                        + " (8, '', '1970-01-01', null), (16, null, '1970-01-01', false)")))
        .containsExactly(
            "[1,10,,1970-01-01,false]",
            "[18,20,null,1970-01-01,false]",
            "[4,10,,null,false]",
            "[8,10,,1970-01-01,null]");
  }

  @Test
  void givesAllGroupsHoweverMany() {
    long groups = 200_000;
    Dataset<Row> rows =
        TestLake.spark()
            .range(0, 2 * groups, 1, 2)
            .selectExpr("id AS first", "1L AS second", "id %% %d AS number".formatted(groups));

    Dataset<Row> added =
        RowSums.of(rows, 2).groupBy("number").sum("second").where("`sum(second)` = 2");

    assertThat(added.count()).isEqualTo(groups);
    assertThat(RowSums.of(rows, 2).selectExpr("sum(first)").first().getLong(0))
        .isEqualTo(groups * (2 * groups - 1));
  }
}
