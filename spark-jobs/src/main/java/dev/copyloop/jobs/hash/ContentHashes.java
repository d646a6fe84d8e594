package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Content hashes of a dataset in one pass and without a shuffle: each task hashes its rows by
 * group, the driver adds the few results up.
 */
public final class ContentHashes {

  private static final StructType PARTIAL =
      new StructType()
          .add("group", DataTypes.StringType)
          .add("rows", DataTypes.LongType)
          .add("sum_high", DataTypes.LongType)
          .add("sum_low", DataTypes.LongType)
          .add("xor_high", DataTypes.LongType)
          .add("xor_low", DataTypes.LongType);

  private ContentHashes() {}

  /** The hash of all rows over those columns. */
  public static ContentHash of(Dataset<Row> rows, List<String> columns) {
    return byGroup(rows, List.of(), columns).getOrDefault("", ContentHash.EMPTY);
  }

  /**
   * The hash of each group of rows over those columns, by the group's columns joined with {@code
   * |}, in order. A group without rows is absent.
   */
  public static Map<String, ContentHash> byGroup(
      Dataset<Row> rows, List<String> groupColumns, List<String> columns) {
    List<Column> selected = new ArrayList<>();
    selected.add(
        concat_ws(
            "|",
            groupColumns.stream().map(name -> col(name).cast("string")).toArray(Column[]::new)));
    columns.forEach(name -> selected.add(col(name)));
    Map<String, ContentHash> hashes = new TreeMap<>();
    rows.select(selected.toArray(Column[]::new))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) ContentHashes::partials, Encoders.row(PARTIAL))
        .collectAsList()
        .forEach(row -> hashes.merge(row.getString(0), hash(row), ContentHash::plus));
    return hashes;
  }

  private static Iterator<Row> partials(Iterator<Row> rows) {
    CanonicalRow encoding = new CanonicalRow();
    Map<String, ContentHash> hashes = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      hashes.merge(row.getString(0), ContentHash.ofRow(encoding.hash(row, 1)), ContentHash::plus);
    }
    return hashes.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .iterator();
  }

  private static Row row(String group, ContentHash hash) {
    return RowFactory.create(
        group, hash.rows(), hash.sumHigh(), hash.sumLow(), hash.xorHigh(), hash.xorLow());
  }

  private static ContentHash hash(Row row) {
    return new ContentHash(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
  }

  /** The columns of a schema, in order, without those named. */
  public static List<String> columnsWithout(StructType schema, String... names) {
    List<String> excluded = Arrays.asList(names);
    return Arrays.stream(schema.fieldNames()).filter(name -> !excluded.contains(name)).toList();
  }
}
