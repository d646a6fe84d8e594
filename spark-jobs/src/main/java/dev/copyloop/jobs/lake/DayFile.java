package dev.copyloop.jobs.lake;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A file of rows of one day, or of a table without days, that no version of its table has yet.
 *
 * @param path below the table's folder
 * @param partition the table's day column and the day; empty for a table without days
 * @param modifiedAt epoch milliseconds
 * @param statistics see {@link FileStatistics}
 */
record DayFile(
    String path, Map<String, String> partition, long bytes, long modifiedAt, String statistics)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether it is of one of some days; not if its table has none. */
  boolean isOf(Set<String> days) {
    return partition.values().stream().anyMatch(days::contains);
  }

  /** What a commit says of it. */
  AddFile added() {
    return new AddFile(
        path,
        Map$.MODULE$.from(CollectionConverters.asScala(partition)),
        bytes,
        modifiedAt,
        true,
        statistics,
        Map$.MODULE$.empty(),
        null,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
