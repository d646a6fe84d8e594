package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.run.TestLake;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedHashesTest {

  private static Dataset<Row> numbers(Long... values) {
    return TestLake.spark()
        .createDataFrame(
            Arrays.stream(values).map(value -> RowFactory.create(value)).toList(),
            new Columns().optional(DataTypes.LongType, "number").schema());
  }

  private static List<Long> values(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getLong(0)).sorted().toList();
  }

  /** As a set on the executors, and as more than that. */
  @ParameterizedTest
  @ValueSource(ints = {100, 1})
  void findsRowsByTheirHash(int limit) {
    WantedHashes wanted = WantedHashes.of(numbers(7L, 0L, null, 7L, -3L), limit);
    assertThat(wanted.count()).isEqualTo(3);
    Dataset<Row> rows = numbers(1L, -3L, null, 0L, 0L, 8L);
    assertThat(values(wanted.among(rows, col("number")))).containsExactly(-3L, 0L, 0L);
    assertThat(values(wanted.notAmong(rows, col("number")).where("number IS NOT NULL")))
        .containsExactly(1L, 8L);
    assertThat(wanted.notAmong(rows, col("number")).count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1})
  void findsRowsByAnyHash(int limit) {
    WantedHashes these = WantedHashes.of(numbers(1L, 2L), limit);
    WantedHashes others = WantedHashes.of(numbers(20L, 30L), limit);
    Dataset<Row> rows = numbers(1L, 3L, 4L, null).withColumn("other", col("number").multiply(10L));
    Dataset<Row> found =
        WantedHashes.amongAny(
            rows,
            new WantedHashes.Search(these, RowHash.ofNumber("number")),
            new WantedHashes.Search(others, RowHash.ofNumber("other")));
    assertThat(values(found)).containsExactly(1L, 3L);
    assertThat(values(these.among(rows, RowHash.ofNumber("number")))).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1})
  void takesOthersAway(int limit) {
    WantedHashes these = WantedHashes.of(numbers(1L, 0L, 5L, 7L), 100);
    WantedHashes rest = these.without(WantedHashes.of(numbers(0L, 7L, 8L), limit));
    assertThat(rest.count()).isEqualTo(2);
    assertThat(values(rest.among(numbers(0L, 1L, 5L, 7L, 8L), col("number"))))
        .containsExactly(1L, 5L);
    assertThat(rest.without(rest).count()).isZero();
  }

  @Test
  void collectsSeveralColumnsAtOnce() {
    Dataset<Row> rows =
        numbers(1L, 2L, 2L, null)
            .withColumn("other", col("number").multiply(10L))
            .withColumn("none", lit(null).cast("bigint"));
    List<WantedHashes> wanted = WantedHashes.ofEach(rows);

    assertThat(wanted).extracting(WantedHashes::count).containsExactly(2L, 2L, 0L);
    assertThat(values(wanted.get(1).among(numbers(1L, 10L, 20L), col("number"))))
        .containsExactly(10L, 20L);
  }

  @Test
  void findsNothingByNone() {
    WantedHashes none = WantedHashes.of(numbers((Long) null));
    assertThat(none.count()).isZero();
    assertThat(none.among(numbers(0L, 1L), col("number")).count()).isZero();
    assertThat(none.notAmong(numbers(0L, 1L), col("number")).count()).isEqualTo(2);
    Dataset<Row> unreadable =
        numbers(0L).withColumn("number", raise_error(lit("read")).cast("bigint"));
    assertThat(none.among(unreadable, RowHash.ofNumber("number")).count()).isZero();
  }

  @Test
  void holdsWhateverIsAdded() {
    Random random = new Random(7);
    LongSet set = new LongSet(0);
    Set<Long> model = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      // Crowded ones too: they meet in their low bits.
      long value = i % 3 == 0 ? (long) random.nextInt(500) << 40 : random.nextLong();
      set.add(value);
      model.add(value);
      assertThat(set.contains(random.nextLong())).isFalse();
    }
    assertThat(set.size()).isEqualTo(model.size());
    assertThat(model).allMatch(set::contains);
    Set<Long> listed = new HashSet<>();
    set.forEach(listed::add);
    assertThat(listed).isEqualTo(model);
  }
}
