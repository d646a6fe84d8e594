package dev.copyloop.jobs.lake;

import dev.copyloop.jobs.lease.Lease;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Changes how a table's rows lie in files, never the rows. Delta numbers none of these commits, so
 * each looks at the lease first; one that comes late meets files that are gone and fails.
 */
public final class TableMaintenance {
  /** How long a file stays after the commit that made it unneeded; a property of every table. */
  static final Duration RETENTION = Duration.ofDays(7);

  private final SparkSession spark;
  private final LakeTables tables;
  private final Lease lease;

  TableMaintenance(SparkSession spark, LakeTables tables, Lease lease) {
    this.spark = spark;
    this.tables = tables;
    this.lease = lease;
  }

  /** Small files taken away and larger ones written for them. */
  public record Joined(long removed, long added) {}

  /** Joins a partition's small files; does nothing where there are none, or no table yet. */
  public Joined joinFiles(TableSpec table) {
    lease.check();
    if (!tables.exists(table)) {
      return new Joined(0, 0);
    }
    Row metrics = delta(table).optimize().executeCompaction().select("metrics.*").first();
    return new Joined(metrics.<Long>getAs("numFilesRemoved"), metrics.<Long>getAs("numFilesAdded"));
  }

  /** Removes files that the table has not needed for 7 days. */
  public void vacuum(TableSpec table) {
    lease.check();
    var unused = delta(table).vacuum();
  }

  private DeltaTable delta(TableSpec table) {
    return DeltaTable.forPath(spark, tables.location(table));
  }
}
