package dev.copyloop.jobs.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Commits files that tasks wrote by themselves, as Delta does those that it wrote. */
final class FileCommit {
  private FileCommit() {}

  /**
   * Adds files to a table.
   *
   * @param number the commit's, see {@link Fence}; one that is late is left out without a word
   * @param userMetadata what the commit says about itself
   */
  static void append(
      SparkSession spark,
      String location,
      List<DayFile> files,
      OptionalLong number,
      String userMetadata) {
    OptimisticTransaction commit =
        DeltaLog.forTable(spark, location).startTransaction(Option.empty(), Option.empty());
    List<Action> actions = new ArrayList<>();
    files.forEach(file -> actions.add(file.added()));
    if (number.isEmpty() || Fence.number(commit, actions, number.getAsLong())) {
      var unused =
          commit.commit(CollectionConverters.asScala(actions).toSeq(), write(userMetadata));
    }
  }

  private static DeltaOperations.Operation write(String userMetadata) {
    return new DeltaOperations.Write(
        SaveMode.Append,
        Option.empty(),
        Option.empty(),
        Option.apply(userMetadata),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
