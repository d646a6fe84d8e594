package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Bucket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * One pass over landing objects of one kind: who asks for their indexes first has the rows of their
 * lines kept, too. Both lie on the executors' disks until this is closed, each by itself, so that
 * indexes are found without reading rows. What is lost there is read again.
 */
final class ObjectPass implements AutoCloseable {
  private static final StorageLevel KEPT = StorageLevel.DISK_ONLY();

  private final JavaRDD<RowBlock> rows;
  private final JavaRDD<ObjectIndex> indexes;

  private ObjectPass(JavaRDD<RowBlock> rows, JavaRDD<ObjectIndex> indexes) {
    this.rows = rows;
    this.indexes = indexes;
  }

  /**
   * A pass that was not made yet.
   *
   * @param groups the objects of each task
   * @param buckets of the keys of each object
   */
  static ObjectPass over(
      JavaSparkContext spark, Bucket bucket, List<List<LandingObject>> groups, int buckets) {
    JavaRDD<Indexed> found =
        spark
            .parallelize(groups, Math.max(1, groups.size()))
            .flatMap(List::iterator)
            .flatMap(object -> ObjectIndexer.open(bucket, object, buckets));
    JavaRDD<RowBlock> rows =
        found.filter(RowBlock.class::isInstance).map(RowBlock.class::cast).persist(KEPT);
    int id = rows.id();
    JavaRDD<ObjectIndex> indexes =
        found
            .mapPartitionsWithIndex(
                (task, each) -> keepRows(each, new RDDBlockId(id, task)).iterator(), true)
            .persist(KEPT);
    return new ObjectPass(rows, indexes);
  }

  /** Keeps the rows where Spark looks for those of a persisted RDD; what is left is handed on. */
  private static List<ObjectIndex> keepRows(Iterator<Indexed> found, BlockId block) {
    RowsBetween rows = new RowsBetween(found);
    var unused =
        SparkEnv.get()
            .blockManager()
            .putIterator(
                block,
                CollectionConverters.asScala((Iterator<RowBlock>) rows),
                KEPT,
                true,
                ClassTag$.MODULE$.apply(RowBlock.class));
    // Of an index that was lost, the rows may still be there: then none of them was asked for.
    rows.forEachRemaining(row -> {});
    return rows.indexes;
  }

  /** The rows alone; the indexes between them are set aside. Not thread-safe. */
  private static final class RowsBetween implements Iterator<RowBlock> {
    private final Iterator<Indexed> found;
    private final List<ObjectIndex> indexes = new ArrayList<>();
    private RowBlock next;

    RowsBetween(Iterator<Indexed> found) {
      this.found = found;
    }

    @Override
    public boolean hasNext() {
      while (next == null && found.hasNext()) {
        Indexed each = found.next();
        if (each instanceof RowBlock row) {
          next = row;
        } else {
          indexes.add((ObjectIndex) each);
        }
      }
      return next != null;
    }

    @Override
    public RowBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException("No further rows");
      }
      RowBlock row = next;
      next = null;
      return row;
    }
  }

  JavaRDD<RowBlock> rows() {
    return rows;
  }

  JavaRDD<ObjectIndex> indexes() {
    return indexes;
  }

  @Override
  public void close() {
    rows.unpersist(false);
    indexes.unpersist(false);
  }
}
