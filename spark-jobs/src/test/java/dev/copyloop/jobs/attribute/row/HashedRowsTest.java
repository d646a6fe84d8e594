package dev.copyloop.jobs.attribute.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.run.TestLake;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class HashedRowsTest {

  private static final StructType SUMS =
      new StructType()
          .add("least", DataTypes.LongType, false)
          .add("own", DataTypes.LongType, false)
          .add("others", DataTypes.LongType, false);

  /** Numbers from 0, so many of each remainder by 100. */
  private static Dataset<Row> numbers(long count) {
    return TestLake.spark()
        .range(0, count, 1, 3)
        .selectExpr("xxhash64(id % 100) AS hash", "id", "concat('text of ', id) AS text");
  }

  private record Numbered(long value, String text) {}

  private static HashedRows<Numbered> hashed(Dataset<Row> numbers) {
    return new HashedRows<>(numbers, cursor -> new Numbered(cursor.number(), cursor.text()));
  }

  /** The least of a group and the sums of both. */
  private static Iterator<InternalRow> sums(List<Numbered> own, List<Numbered> others) {
    assertThat(own).allMatch(each -> each.text().equals("text of " + each.value()));
    long least = own.stream().mapToLong(Numbered::value).min().orElseThrow();
    Object[] values = {least, sum(own), sum(others)};
    return List.<InternalRow>of(new GenericInternalRow(values)).iterator();
  }

  private static long sum(List<Numbered> numbers) {
    return numbers.stream().mapToLong(Numbered::value).sum();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.orderBy("least").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void rowsOfOneHashAreFoldedTogether() {
    Dataset<Row> folded = hashed(numbers(20_000)).folded(group -> sums(group, List.of()), SUMS);

    assertThat(texts(folded)).isEqualTo(expected(0, 100, 20_000, 0));
  }

  @Test
  void rowsMeetTheOthersOfTheirHashAlone() {
    Dataset<Row> mine = numbers(20_000).where("id % 100 < 60");
    Dataset<Row> others = numbers(500).where("id % 100 >= 30");

    List<String> met = texts(hashed(mine).meeting(hashed(others), HashedRowsTest::sums, SUMS));

    List<String> expected = new ArrayList<>(expected(0, 30, 20_000, 0));
    expected.addAll(expected(30, 60, 20_000, 500));
    assertThat(met).isEqualTo(expected);
  }

  @Test
  void thereMayBeNone() {
    Dataset<Row> none = numbers(10).where("id > 10");

    assertThat(texts(hashed(none).meeting(hashed(none), HashedRowsTest::sums, SUMS))).isEmpty();
    assertThat(texts(hashed(numbers(10)).meeting(hashed(none), HashedRowsTest::sums, SUMS)))
        .isEqualTo(expected(0, 10, 10, 0));
  }

  /** What becomes of some remainders, if there are so many numbers on both sides. */
  private static List<String> expected(int from, int to, long own, long others) {
    return IntStream.range(from, to)
        .mapToObj(
            remainder ->
                "[%d,%d,%d]".formatted(remainder, sum(remainder, own), sum(remainder, others)))
        .toList();
  }

  private static long sum(long remainder, long count) {
    return LongStream.range(0, count).filter(number -> number % 100 == remainder).sum();
  }
}
