package dev.copyloop.jobs.lake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows as Spark itself keeps them: dates as epoch days, times as microseconds, texts as UTF-8.
 * Whoever makes and reads millions of them so spares the conversion to Java's types and back, which
 * costs more than most of what is done to a row.
 */
public final class InternalRows {

  private InternalRows() {}

  /**
   * Rows as a frame. Nothing checks that they are of the schema: a column of another type is read
   * as whatever its bytes say.
   *
   * @param rows may be of one object that is filled anew for each row
   */
  public static Dataset<Row> frame(
      org.apache.spark.sql.SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /** A frame's rows; each object is only valid until the next is asked for. */
  public static JavaRDD<InternalRow> of(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toRdd().toJavaRDD();
  }

  /** Those rows of a task for which something holds, as they come. */
  public static Iterator<InternalRow> where(
      Iterator<InternalRow> rows, Predicate<InternalRow> condition) {
    return CollectionConverters.asJava(
        CollectionConverters.asScala(rows).filter(row -> condition.test(row)));
  }

  /** A text; null stays null. */
  public static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  /** An amount of {@link Columns#MONEY}; null stays null. */
  public static Decimal money(BigDecimal amount) {
    return amount == null
        ? null
        : Decimal.apply(amount, Columns.MONEY.precision(), Columns.MONEY.scale());
  }

  /** Texts as an array, in their order; null stays null. */
  public static ArrayData texts(Collection<String> texts) {
    Object[] utf8 = new Object[texts.size()];
    int next = 0;
    for (String each : texts) {
      utf8[next++] = text(each);
    }
    return new GenericArrayData(utf8);
  }

  /** The texts of an array, none null. */
  public static List<String> strings(ArrayData array) {
    List<String> texts = new ArrayList<>(array.numElements());
    for (int i = 0; i < array.numElements(); i++) {
      texts.add(array.getUTF8String(i).toString());
    }
    return texts;
  }

  /** Where a map of texts has its entries, by key as Java orders texts; of equal keys the last. */
  public static int[] byKey(MapData map) {
    if (isSorted(map.keyArray())) {
      int[] inOrder = new int[map.numElements()];
      Arrays.setAll(inOrder, place -> place);
      return inOrder;
    }
    TreeMap<String, Integer> places = new TreeMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      places.put(map.keyArray().getUTF8String(i).toString(), i);
    }
    return places.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether keys ascend and are of ASCII alone, whose bytes sort as Java's texts do. */
  private static boolean isSorted(ArrayData keys) {
    UTF8String before = null;
    for (int i = 0; i < keys.numElements(); i++) {
      UTF8String key = keys.getUTF8String(i);
      if (!key.isFullAscii() || (before != null && before.binaryCompare(key) >= 0)) {
        return false;
      }
      before = key;
    }
    return true;
  }
}
