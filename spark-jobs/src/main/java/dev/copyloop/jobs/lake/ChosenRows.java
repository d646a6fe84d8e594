package dev.copyloop.jobs.lake;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The few rows that are looked for among very many, chosen where Spark's reader puts their columns.
 * A query would have a class of its own generated and compiled, twice, to look at each row once;
 * here all searches of a night share one loop.
 */
public final class ChosenRows {

  /** Tells of one row after the other whether it is chosen. Not thread-safe. */
  public interface Choice {
    boolean holds(InternalRow row);
  }

  /** Makes the choice for each task. */
  public interface Start extends Serializable {
    /**
     * Makes it.
     *
     * @param columns of the rows, in their order
     */
    Choice on(StructType columns);
  }

  private ChosenRows() {}

  /**
   * Chooses rows.
   *
   * @param rows some columns of a table, each by its own name
   */
  public static Dataset<Row> of(Dataset<Row> rows, Start choice) {
    SparkPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan();
    StructType schema = rows.schema();
    JavaRDD<InternalRow> chosen =
        scan(plan)
            .map(scan -> ofBatches(scan, schema, choice))
            .orElseGet(() -> ofRows(InternalRows.of(rows), schema, choice));
    return InternalRows.frame(rows.sparkSession(), chosen, schema);
  }

  /** What reads the rows by columns; empty if anything but their order is changed behind it. */
  private static Optional<FileSourceScanExec> scan(SparkPlan plan) {
    if (plan instanceof FileSourceScanExec scan) {
      return scan.supportsColumnar() ? Optional.of(scan) : Optional.empty();
    }
    boolean isPassed =
        plan instanceof WholeStageCodegenExec
            || plan instanceof InputAdapter
            || plan instanceof ColumnarToRowExec
            || (plan instanceof ProjectExec project && isOfColumns(project));
    return isPassed ? scan(plan.children().head()) : Optional.empty();
  }

  private static boolean isOfColumns(ProjectExec project) {
    return project.projectList().forall(each -> each instanceof Attribute);
  }

  private static JavaRDD<InternalRow> ofBatches(
      FileSourceScanExec scan, StructType schema, Start choice) {
    StructType scanned = scan.schema();
    int[] places = Arrays.stream(schema.fieldNames()).mapToInt(scanned::fieldIndex).toArray();
    DataType[] types =
        Arrays.stream(schema.fields()).map(field -> field.dataType()).toArray(DataType[]::new);
    return scan.executeColumnar()
        .toJavaRDD()
        .mapPartitions(batches -> new Chosen(batches, choice.on(scanned), places, types));
  }

  private static JavaRDD<InternalRow> ofRows(
      JavaRDD<InternalRow> rows, StructType schema, Start choice) {
    return rows.mapPartitions(each -> InternalRows.where(each, choice.on(schema)::holds));
  }

  /** Walks through batches of columns; what it gives are copies. Not thread-safe. */
  private static final class Chosen implements Iterator<InternalRow> {
    private final Iterator<ColumnarBatch> batches;
    private final Choice choice;
    private final int[] places;
    private final DataType[] types;
    private ColumnarBatch batch;
    private int nextRow;
    private InternalRow next;

    Chosen(Iterator<ColumnarBatch> batches, Choice choice, int[] places, DataType[] types) {
      this.batches = batches;
      this.choice = choice;
      this.places = places;
      this.types = types;
    }

    @Override
    public boolean hasNext() {
      while (next == null && (hasRow() || batches.hasNext())) {
        if (hasRow()) {
          search();
        } else {
          batch = batches.next();
          nextRow = 0;
        }
      }
      return next != null;
    }

    private boolean hasRow() {
      return batch != null && nextRow < batch.numRows();
    }

    /** Looks for the next row in the batch. */
    private void search() {
      int rows = batch.numRows();
      while (nextRow < rows) {
        InternalRow row = batch.getRow(nextRow++);
        if (choice.holds(row)) {
          next = copied(row);
          return;
        }
      }
    }

    private InternalRow copied(InternalRow row) {
      Object[] values = new Object[places.length];
      for (int i = 0; i < values.length; i++) {
        int place = places[i];
        values[i] = row.isNullAt(place) ? null : InternalRow.copyValue(row.get(place, types[i]));
      }
      return new GenericInternalRow(values);
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException("No further row");
      }
      InternalRow row = next;
      next = null;
      return row;
    }
  }
}
