package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.PackedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows by which computed rows differ from present ones: equal rows meet by their hash in one
 * shuffle and cancel each other. What is left is kept until it is closed.
 */
final class RowDifferences implements AutoCloseable {

  private static final String GAINED = "gained";
  private static final String LOST = "lost";

  /** Whether a row is {@link #GAINED} or {@link #LOST}. */
  private static final String CHANGE = "row_change";

  /** The first 128 bits of a row's SHA-256: what a content hash is made of. */
  private static final String HIGH = "row_hash_high";

  private static final String LOW = "row_hash_low";

  private final List<String> partColumns;
  private final PackedRows rows;
  private final Map<String, ContentHash> gained = new TreeMap<>();
  private final Map<String, ContentHash> lost = new TreeMap<>();

  private RowDifferences(Dataset<Row> differences, List<String> partColumns) {
    this.partColumns = partColumns;
    this.rows = PackedRows.of(differences);
    addParts();
  }

  /**
   * Computes the differences.
   *
   * @param computed of the columns that are hashed, in order
   * @param present of the same columns
   * @param partColumns those of them, dates and texts, that name a row's part of the table
   */
  static RowDifferences of(Dataset<Row> computed, Dataset<Row> present, List<String> partColumns) {
    return new RowDifferences(
        cancelled(hashed(computed, GAINED).union(hashed(present, LOST))), partColumns);
  }

  private static Dataset<Row> hashed(Dataset<Row> rows, String change) {
    StructType schema = rows.schema();
    return InternalRows.frame(
        rows.sparkSession(),
        InternalRows.of(rows).mapPartitions(each -> new SignedHashing(each, schema, change)),
        schema
            .add(CHANGE, DataTypes.StringType, false)
            .add(HIGH, DataTypes.LongType, false)
            .add(LOW, DataTypes.LongType, false));
  }

  /** Of equal rows as many are left as one side has more than the other. */
  private static Dataset<Row> cancelled(Dataset<Row> rows) {
    int change = rows.schema().fieldIndex(CHANGE);
    Dataset<Row> together =
        rows.repartition(SQLConf.get().numShufflePartitions(), col(HIGH))
            .sortWithinPartitions(HIGH, LOW);
    return InternalRows.frame(
        rows.sparkSession(),
        InternalRows.of(together).mapPartitions(each -> new CancellingRows(each, change)),
        rows.schema());
  }

  private void addParts() {
    Dataset<Row> all = rows.rows();
    StructType schema = all.schema();
    List<String> groups = new ArrayList<>(List.of(CHANGE));
    groups.addAll(partColumns);
    int high = schema.fieldIndex(HIGH);
    GroupHashes.over(InternalRows.of(all), () -> GroupHashes.ofHashed(schema, groups, high))
        .forEach(this::addPart);
  }

  private void addPart(String group, ContentHash hash) {
    int end = group.indexOf('|');
    String change = end < 0 ? group : group.substring(0, end);
    String part = end < 0 ? "" : group.substring(end + 1);
    (change.equals(GAINED) ? gained : lost).put(part, hash);
  }

  /** The content that was gained, by part. */
  Map<String, ContentHash> gained() {
    return gained;
  }

  /** The content that was lost, by part. */
  Map<String, ContentHash> lost() {
    return lost;
  }

  /** The gained rows. */
  Dataset<Row> gainedRows() {
    return plain(rows.rows());
  }

  /**
   * Some rows without the lost ones among them, and with what was gained.
   *
   * @param predicate holds for those rows and no other
   */
  Dataset<Row> appliedTo(Dataset<Row> some, String predicate) {
    return plain(cancelled(hashed(some, GAINED).union(rows.rows().where(predicate))));
  }

  private static Dataset<Row> plain(Dataset<Row> hashed) {
    return hashed.where(col(CHANGE).equalTo(GAINED)).drop(CHANGE, HIGH, LOW);
  }

  @Override
  public void close() {
    rows.close();
  }
}
