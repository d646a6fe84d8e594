package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GatheredNumbersTest {

  private static final int HASHES = 20_000;

  /** More than fit in one block of each task. */
  private static Dataset<Row> rows(long count) {
    return TestLake.spark()
        .range(0, count, 1, 3)
        .selectExpr("xxhash64(id %% %d) AS hash".formatted(HASHES), "id");
  }

  /** The ids of each group, sorted. */
  private static List<long[]> ids(Iterator<List<long[]>> groups) {
    List<long[]> ids = new ArrayList<>();
    groups.forEachRemaining(
        group -> ids.add(group.stream().mapToLong(row -> row[1]).sorted().toArray()));
    return ids;
  }

  @Test
  void rowsOfOneHashAreInOneGroup() {
    List<String> groups = new ArrayList<>();
    GatheredNumbers.folded(rows(3L * HASHES), GatheredNumbersTest::ids)
        .collect()
        .forEach(task -> task.forEach(ids -> groups.add(Arrays.toString(ids))));

    assertThat(groups).hasSize(HASHES);
    assertThat(new HashSet<>(groups))
        .isEqualTo(
            LongStream.range(0, HASHES)
                .mapToObj(id -> List.of(id, id + HASHES, id + 2L * HASHES).toString())
                .collect(Collectors.toSet()));
  }

  @Test
  void noRowsAreNoGroups() {
    assertThat(GatheredNumbers.folded(rows(0), GatheredNumbersTest::ids).collect())
        .allMatch(List::isEmpty);
  }
}
