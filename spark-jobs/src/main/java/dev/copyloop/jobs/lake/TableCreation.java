package dev.copyloop.jobs.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Creates tables as they are specified. */
final class TableCreation {
  private TableCreation() {}

  /**
   * Creates a table, without rows, in its folder. If there is one it gets the columns that came
   * since the release before: its rows have null there.
   */
  static void create(SparkSession spark, String location, TableSpec table) {
    if (DeltaTable.isDeltaTable(spark, location)) {
      addMissingColumns(spark, location, table);
    } else {
      builder(spark, location, table).execute();
    }
  }

  private static void addMissingColumns(SparkSession spark, String location, TableSpec table) {
    StructType found = DeltaLog.forTableWithSnapshot(spark, location)._2().schema();
    Set<String> present = Set.of(found.fieldNames());
    List<StructField> missing =
        Arrays.stream(table.schema().fields())
            .filter(field -> !present.contains(field.name()))
            .toList();
    if (!missing.isEmpty()) {
      spark.sql(
          "ALTER TABLE delta.`%s` ADD COLUMNS (%s)"
              .formatted(location, new StructType(missing.toArray(StructField[]::new)).toDDL()));
    }
  }

  private static DeltaTableBuilder builder(SparkSession spark, String location, TableSpec table) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(location)
            .addColumns(table.schema())
            .property("delta.checkpointInterval", "20")
            .property(
                "delta.deletedFileRetentionDuration",
                "interval %d days".formatted(TableMaintenance.RETENTION.toDays()));
    List<String> statistics = table.statisticsColumns();
    if (statistics.isEmpty()) {
      builder.property("delta.dataSkippingNumIndexedCols", "0");
    } else {
      builder.property("delta.dataSkippingStatsColumns", String.join(",", statistics));
    }
    table.partition().ifPresent(builder::partitionedBy);
    return builder;
  }
}
