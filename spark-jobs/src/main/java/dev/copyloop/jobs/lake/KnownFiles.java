package dev.copyloop.jobs.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.delta.DataFrameUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.execution.datasources.LogicalRelation$;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Files to read. Which of them a query needs is decided here, by their day and by the least and the
 * most of a column: Delta would run a query over the list of files for every scan.
 */
final class KnownFiles extends TahoeBatchFileIndex {

  private KnownFiles(SparkSession spark, DeltaLog log, Snapshot snapshot, Seq<AddFile> files) {
    super(spark, "batch", files, log, log.dataPath(), snapshot, false);
  }

  /** The rows of files that a table has or had. */
  static Dataset<Row> rows(
      SparkSession spark, DeltaLog log, Snapshot snapshot, List<AddFile> files) {
    KnownFiles index =
        new KnownFiles(spark, log, snapshot, CollectionConverters.asScala(files).toSeq());
    var relation = log.buildHadoopFsRelationWithFileIndex(snapshot, index, Option.empty(), false);
    return DataFrameUtils.ofRows(spark, LogicalRelation$.MODULE$.apply(relation, false));
  }

  @Override
  public Seq<AddFile> matchingFiles(Seq<Expression> ofDays, Seq<Expression> ofRows) {
    List<BasePredicate> days =
        CollectionConverters.asJava(ofDays).stream().map(this::ofPartition).toList();
    List<Expression> conditions = CollectionConverters.asJava(ofRows);
    List<AddFile> matching =
        CollectionConverters.asJava(addFiles()).stream()
            .filter(file -> isOf(file, days))
            .filter(file -> conditions.stream().allMatch(each -> mayHold(file, each)))
            .toList();
    return CollectionConverters.asScala(matching).toSeq();
  }

  private boolean isOf(AddFile file, List<BasePredicate> days) {
    if (days.isEmpty()) {
      return true;
    }
    InternalRow values = getPartitionValuesRow(file.partitionValues());
    return days.stream().allMatch(each -> each.eval(values));
  }

  /** The condition on the values that a file's rows have in common. */
  private BasePredicate ofPartition(Expression condition) {
    Expression bound =
        condition.transform(
            new AbstractPartialFunction<Expression, Expression>() {
              @Override
              public boolean isDefinedAt(Expression each) {
                return each instanceof AttributeReference;
              }

              @Override
              public Expression apply(Expression each) {
                int place = partitionSchema().fieldIndex(((AttributeReference) each).name());
                return new BoundReference(place, each.dataType(), true);
              }
            });
    return Predicate$.MODULE$.createInterpreted(bound);
  }

  /** Whether some row of a file may fulfil a condition, by what is written down of the file. */
  private static boolean mayHold(AddFile file, Expression condition) {
    return !(condition instanceof EqualTo equal
            && equal.left() instanceof Attribute column
            && equal.right() instanceof Literal literal
            && literal.value() instanceof UTF8String text)
        || file.stats() == null
        || mayHold(statistics(file), column.name(), text);
  }

  private static boolean mayHold(JsonNode statistics, String column, UTF8String text) {
    JsonNode least = statistics.path("minValues").path(column);
    JsonNode most = statistics.path("maxValues").path(column);
    return (!least.isTextual() || UTF8String.fromString(least.textValue()).compareTo(text) <= 0)
        && (!most.isTextual() || UTF8String.fromString(most.textValue()).compareTo(text) >= 0);
  }

  private static JsonNode statistics(AddFile file) {
    try {
      return Json.mapper().readTree(file.stats());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          "Cannot read what is written down of file %s: %s".formatted(file.path(), file.stats()),
          e);
    }
  }
}
