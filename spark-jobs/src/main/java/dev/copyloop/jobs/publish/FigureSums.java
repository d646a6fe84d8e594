package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.lake.Groups;
import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Sums of figures by what they are about, of two states at once: each task adds its own rows up,
 * the driver what the tasks found. The rows are few, and a query with a row for each figure is more
 * to plan and to compile than they are to add. Exact; null counts 0.
 *
 * @param about columns that group figures, see {@link Groups}
 * @param measures columns of bigints and decimals
 */
record FigureSums(List<String> about, List<String> measures) {

  FigureSums {
    about = List.copyOf(about);
    measures = List.copyOf(measures);
  }

  /**
   * Adds figures up.
   *
   * @return first the measures' sums of one state, then those of the other, by the values of what
   *     they are about
   */
  Map<List<String>, BigDecimal[]> of(Dataset<Row> before, Dataset<Row> after) {
    Map<List<String>, BigDecimal[]> sums = new HashMap<>();
    added(before, 0)
        .union(added(after, measures.size()))
        .collect()
        .forEach(
            task -> task.forEach((group, more) -> sums.merge(group, more, FigureSums::together)));
    return sums;
  }

  private JavaRDD<Map<List<String>, BigDecimal[]>> added(Dataset<Row> rows, int first) {
    Column[] columns =
        Stream.concat(about.stream(), measures.stream()).map(functions::col).toArray(Column[]::new);
    Dataset<Row> read = rows.select(columns);
    StructType schema = read.schema();
    int measured = measures.size();
    return InternalRows.of(read)
        .mapPartitions(task -> List.of(added(task, schema, measured, first)).iterator());
  }

  private static Map<List<String>, BigDecimal[]> added(
      Iterator<InternalRow> rows, StructType schema, int measured, int first) {
    int start = schema.size() - measured;
    Groups<BigDecimal[]> groups =
        new Groups<>(schema, IntStream.range(0, start).toArray(), () -> zeros(2 * measured));
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      BigDecimal[] sums = groups.of(row);
      for (int i = 0; i < measured; i++) {
        BigDecimal more = value(row, start + i, schema.apply(start + i).dataType());
        sums[first + i] = sums[first + i].add(more);
      }
    }
    return groups.byName();
  }

  private static BigDecimal value(InternalRow row, int place, DataType type) {
    if (row.isNullAt(place)) {
      return BigDecimal.ZERO;
    }
    return type instanceof DecimalType money
        ? row.getDecimal(place, money.precision(), money.scale()).toJavaBigDecimal()
        : BigDecimal.valueOf(row.getLong(place));
  }

  private static BigDecimal[] zeros(int count) {
    BigDecimal[] zeros = new BigDecimal[count];
    Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }

  private static BigDecimal[] together(BigDecimal[] some, BigDecimal[] more) {
    BigDecimal[] sums = new BigDecimal[some.length];
    Arrays.setAll(sums, i -> some[i].add(more[i]));
    return sums;
  }
}
