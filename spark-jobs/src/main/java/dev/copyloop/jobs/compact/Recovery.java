package dev.copyloop.jobs.compact;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.RunContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Marks the quarantine's rows that a replay understood. */
final class Recovery {
  private static final StructType PLACE =
      new StructType()
          .add("landing_object", DataTypes.StringType)
          .add("landing_line", DataTypes.IntegerType)
          .add("by", DataTypes.StringType);

  private final RunContext context;
  private final Batch batch;

  Recovery(RunContext context, Batch batch) {
    this.context = context;
    this.batch = batch;
  }

  /** The landing places of lines that are still not understood. */
  static Set<String> remaining(Batch batch, BatchIndex index) {
    List<String> keys = batch.objects().stream().map(LandingObject::key).toList();
    return new HashSet<>(
        index
            .quarantined()
            .map(line -> LandingPlace.of(keys.get(line.object()), line.line()))
            .collect());
  }

  /** Marks all lines of the batch but those that remain. */
  void mark(Set<String> remaining) {
    List<Row> places = new ArrayList<>();
    Set<LocalDate> days = new TreeSet<>();
    for (LandingObject object : batch.objects()) {
      for (int line : object.lines().chosen()) {
        if (!remaining.contains(LandingPlace.of(object.key(), line))) {
          places.add(RowFactory.create(object.key(), line, batch.id()));
          days.add(object.hour().atZone(ZoneOffset.UTC).toLocalDate());
        }
      }
    }
    if (!places.isEmpty()) {
      mark(places, days);
    }
  }

  private void mark(List<Row> places, Set<LocalDate> days) {
    LakeTables tables = context.tables();
    Dataset<Row> rows = tables.readDays(QuarantineTable.SPEC, days);
    Dataset<Row> recovered = context.spark().createDataFrame(places, PLACE);
    Column same =
        rows.col("landing_object")
            .equalTo(recovered.col("landing_object"))
            .and(rows.col("landing_line").equalTo(recovered.col("landing_line")));
    Column[] columns =
        Arrays.stream(QuarantineTable.SPEC.schema().fieldNames())
            .map(
                name ->
                    name.equals("recovered_by")
                        ? coalesce(rows.col(name), col("by")).as(name)
                        : rows.col(name))
            .toArray(Column[]::new);
    tables.replaceDays(
        QuarantineTable.SPEC,
        InternalRows.of(rows.join(recovered, same, "left").select(columns)),
        days,
        Optional.of(batch.id()));
  }
}
