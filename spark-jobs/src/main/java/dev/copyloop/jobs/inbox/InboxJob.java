package dev.copyloop.jobs.inbox;

import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Turns the files that orgs dropped in their inbox into landing objects, each version of a file
 * exactly once, and writes a result beside each. A file that can't be read or landed keeps no other
 * from being taken. The range is not looked at: a file is new by its result.
 */
public final class InboxJob implements Job {
  @Override
  public String name() {
    return "inbox";
  }

  @Override
  public String description() {
    return "Lands the files that orgs dropped in their inbox, with a result beside each.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Bucket bucket = context.bucket();
    URI root = bucket.path("").toUri();
    InboxPlan plan = InboxPlan.of(bucket, root, context.settings());
    List<FileOutcome> outcomes = take(context.spark(), bucket, plan.files());
    requireAllTaken(outcomes);
    List<FileResult> results =
        outcomes.stream().map(FileOutcome::result).filter(Objects::nonNull).toList();
    long left = (long) plan.files().size() - results.size();
    return new InboxResult(results, plan.done(), left, plan.unknownOrgs());
  }

  private static List<FileOutcome> take(SparkSession spark, Bucket bucket, List<InboxFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    return spark
        .createDataset(files, Encoders.javaSerialization(InboxFile.class))
        .repartition(files.size())
        .map(
            (MapFunction<InboxFile, FileOutcome>) file -> outcome(bucket, file),
            Encoders.javaSerialization(FileOutcome.class))
        .collectAsList();
  }

  private static FileOutcome outcome(Bucket bucket, InboxFile file) {
    try {
      FileIntake intake = new FileIntake(bucket, LandingPuts.into(bucket), FileIntake.OBJECT_BYTES);
      return new FileOutcome(intake.take(file).orElse(null), null);
    } catch (IOException e) {
      return new FileOutcome(null, "Cannot take %s: %s".formatted(file.key(), e));
    }
  }

  private static void requireAllTaken(List<FileOutcome> outcomes) {
    List<String> failures =
        outcomes.stream().map(FileOutcome::failure).filter(Objects::nonNull).toList();
    Optional<String> first = failures.stream().findFirst();
    if (first.isPresent()) {
      throw JobException.failed(
          "%s%s; all other files were taken, and the next run tries these again"
              .formatted(
                  first.get(),
                  failures.size() == 1 ? "" : " (and %,d more)".formatted(failures.size() - 1)),
          null);
    }
  }
}
