package dev.copyloop.jobs.lake;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and read several times: kept as Spark keeps a row, in compressed
 * blocks, in memory or else on the executors' disks. To keep a row is to copy its bytes and to read
 * it is to point at them, so a reader pays for the columns that it asks for. Spark's own cache
 * turns every row into columns and back.
 */
public final class PackedRows implements AutoCloseable {

  private final SparkSession spark;
  private final StructType schema;
  private final JavaRDD<byte[]> blocks;

  private PackedRows(Dataset<Row> rows) {
    this.spark = rows.sparkSession();
    this.schema = rows.schema();
    this.blocks =
        InternalRows.of(rows)
            .mapPartitions(RowPacking::new)
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Keeps rows; they are computed when they are first read, their shuffles now. */
  public static PackedRows of(Dataset<Row> rows) {
    return new PackedRows(rows);
  }

  /**
   * Rows that are kept like that once they are first read, and know no more what they were computed
   * of. Spark lets go of them when nobody refers to them.
   */
  public static Dataset<Row> cutOff(Dataset<Row> rows) {
    PackedRows packed = new PackedRows(rows);
    packed.blocks.rdd().localCheckpoint();
    return packed.rows();
  }

  /** The rows, in the partitions in which they were computed. */
  public Dataset<Row> rows() {
    int columns = schema.size();
    return InternalRows.frame(
        spark, blocks.mapPartitions(each -> new RowUnpacking(each, columns)), schema);
  }

  /** Lets go of the rows; whoever reads them again computes them again. */
  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
