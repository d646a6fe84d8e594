package dev.copyloop.jobs.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * A commit of files that tasks wrote by themselves, as Delta makes those of files that it wrote. To
 * be made once. Not thread-safe.
 */
final class FileCommit {
  private final OptimisticTransaction transaction;
  private final List<Action> actions = new ArrayList<>();
  private Optional<String> replaced = Optional.empty();

  private FileCommit(OptimisticTransaction transaction) {
    this.transaction = transaction;
  }

  /** Begins a commit that follows the table's latest version. */
  static FileCommit begin(SparkSession spark, String location) {
    return new FileCommit(
        DeltaLog.forTable(spark, location).startTransaction(Option.empty(), Option.empty()));
  }

  /** Adds files. */
  FileCommit adding(List<DayFile> files) {
    files.forEach(file -> actions.add(file.added()));
    return this;
  }

  /**
   * Takes away files that the table had when the commit began. Whoever writes it meanwhile makes
   * the commit fail.
   *
   * @param rows SQL that holds for their rows and no others
   */
  FileCommit removing(Predicate<AddFile> files, String rows) {
    transaction.readWholeTable();
    TableFiles.files(transaction.snapshot()).stream()
        .filter(files)
        .forEach(file -> actions.add(file.remove()));
    replaced = Optional.of(rows);
    return this;
  }

  /**
   * Makes the commit.
   *
   * @param number the commit's, see {@link Fence}; one that is late is left out without a word
   * @param userMetadata what the commit says about itself
   */
  void make(OptionalLong number, String userMetadata) {
    if (number.isEmpty() || Fence.number(transaction, actions, number.getAsLong())) {
      var unused =
          transaction.commit(CollectionConverters.asScala(actions).toSeq(), write(userMetadata));
    }
  }

  private DeltaOperations.Operation write(String userMetadata) {
    return new DeltaOperations.Write(
        replaced.isPresent() ? SaveMode.Overwrite : SaveMode.Append,
        Option.empty(),
        OptionConverters.toScala(replaced),
        Option.apply(userMetadata),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
