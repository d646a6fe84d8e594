package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The rows by which computed rows differ from present ones: equal rows meet by their hash in one
 * shuffle and cancel each other. What is left is kept until it is closed. Rows that are equal on
 * one side are one. A task's rows are in its memory; no part of this is a query.
 */
final class RowDifferences implements AutoCloseable {

  private final SparkSession spark;
  private final StructType schema;
  private final JavaRDD<byte[]> rows;
  private final Map<String, ContentHash> gained;
  private final Map<String, ContentHash> lost;

  private RowDifferences(
      SparkSession spark, StructType schema, JavaRDD<byte[]> rows, List<String> partColumns) {
    this.spark = spark;
    this.schema = schema;
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    int columns = schema.size();
    StructType signed = SignedRow.schema(schema);
    List<Parts> tasks =
        unpacked(this.rows, columns)
            .mapPartitions(all -> List.of(Parts.of(all, signed, partColumns)).iterator())
            .collect();
    this.gained = GroupHashes.together(tasks.stream().map(Parts::gained).toList());
    this.lost = GroupHashes.together(tasks.stream().map(Parts::lost).toList());
  }

  /** The content of what a task has gained and lost, by part. */
  private record Parts(Map<String, ContentHash> gained, Map<String, ContentHash> lost)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Parts of(Iterator<InternalRow> rows, StructType schema, List<String> partColumns) {
      GroupHashes gained = GroupHashes.ofHashed(schema, partColumns, SignedRow.HIGH);
      GroupHashes lost = GroupHashes.ofHashed(schema, partColumns, SignedRow.HIGH);
      rows.forEachRemaining(row -> (SignedRow.isGained(row) ? gained : lost).add(row));
      return new Parts(gained.result(), lost.result());
    }
  }

  /**
   * Computes the differences.
   *
   * @param computed of the columns that are hashed, in order
   * @param present of the same columns
   * @param partColumns those of them, dates and texts, that name a row's part of the table
   */
  static RowDifferences of(Dataset<Row> computed, Dataset<Row> present, List<String> partColumns) {
    JavaRDD<InternalRow> signed =
        signed(computed, SignedRow.GAINED).union(signed(present, SignedRow.LOST));
    StructType schema = computed.schema();
    return new RowDifferences(
        computed.sparkSession(), schema, cancelled(signed, schema.size()), partColumns);
  }

  private static JavaRDD<InternalRow> signed(Dataset<Row> rows, long sign) {
    StructType schema = rows.schema();
    return InternalRows.of(rows).mapPartitions(each -> new SignedHashing(each, schema, sign));
  }

  /** What only one side has. */
  private static JavaRDD<byte[]> cancelled(JavaRDD<InternalRow> signed, int columns) {
    int tasks = Scattering.tasks(signed);
    return Scattering.gathered(signed, tasks, mine -> new SignedBlocks(mine, tasks))
        .mapPartitions(
            blocks -> new SignedBlocks(new SignedBlockRows(blocks, columns).cancelled(), 1))
        .map(Tuple2::_2);
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
  JavaRDD<InternalRow> gainedRows() {
    return gained(rows, schema.size());
  }

  /** The gained rows for which a predicate holds. */
  JavaRDD<InternalRow> gainedRows(String predicate) {
    return InternalRows.of(InternalRows.frame(spark, gainedRows(), schema).where(predicate));
  }

  private static JavaRDD<InternalRow> gained(JavaRDD<byte[]> rows, int columns) {
    return unpacked(rows, columns).filter(SignedRow::isGained).map(SignedRow::columns);
  }

  private static JavaRDD<InternalRow> unpacked(JavaRDD<byte[]> rows, int columns) {
    return rows.mapPartitions(blocks -> new SignedBlockRows(blocks, columns).all());
  }

  /**
   * Some rows without the lost ones among them, and with what was gained.
   *
   * @param some of which no two are equal
   * @param predicate holds for those rows and no other
   */
  Dataset<Row> appliedTo(Dataset<Row> some, String predicate) {
    return appliedTo(some, predicate, WantedHashes.FEW);
  }

  Dataset<Row> appliedTo(Dataset<Row> some, String predicate, long limit) {
    long count = ContentHash.sum(lost.values()).rows();
    JavaRDD<InternalRow> left = count > limit ? shuffledWithoutLost(some) : withoutLost(some);
    return InternalRows.frame(spark, left.union(gainedRows(predicate)), schema);
  }

  private JavaRDD<InternalRow> shuffledWithoutLost(Dataset<Row> some) {
    int columns = schema.size();
    JavaRDD<InternalRow> lostOnes = unpacked(rows, columns).filter(row -> !SignedRow.isGained(row));
    JavaRDD<InternalRow> all = signed(some, SignedRow.GAINED).union(lostOnes);
    return gained(cancelled(all, columns), columns);
  }

  private JavaRDD<InternalRow> withoutLost(Dataset<Row> some) {
    StructType columns = schema;
    Broadcast<LostHashes> lostOnes =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(lostHashes());
    return InternalRows.of(some).mapPartitions(each -> lostOnes.value().without(each, columns));
  }

  private LostHashes lostHashes() {
    return LostHashes.of(
        unpacked(rows, schema.size())
            .mapPartitions(all -> List.of(LostHashes.among(all)).iterator())
            .collect());
  }

  @Override
  public void close() {
    rows.unpersist(false);
  }
}
