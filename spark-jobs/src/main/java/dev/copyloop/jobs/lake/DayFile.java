package dev.copyloop.jobs.lake;

import java.io.Serializable;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/**
 * A file of rows of one day that no version of its table has yet.
 *
 * @param path below the table's folder
 * @param partition the table's day column
 * @param modifiedAt epoch milliseconds
 * @param statistics see {@link FileStatistics}
 */
record DayFile(
    String path, String partition, String day, long bytes, long modifiedAt, String statistics)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a commit says of it. */
  AddFile added() {
    return new AddFile(
        path,
        new Map.Map1<>(partition, day),
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
