package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the SQL that loads an org's exports into a warehouse, for the columns it gets. */
@Command(
    mixinStandardHelpOptions = true,
    description =
        "Writes SQL that loads an org's exports into DuckDB, Snowflake, Spark or Databricks, and"
            + " BigQuery: one file each.")
public final class LoadersCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private RunOptions options;

  @Option(names = "--org", required = true, paramLabel = "SLUG", description = "The org.")
  private String org;

  @Option(
      names = "--output",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "Where to write the files. Default: here.")
  private Path output;

  public LoadersCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    JobsConfig config = options.config();
    try (SparkSession spark = SparkSessions.open(config)) {
      RunContext context = new RunContext(options.request(RunMode.NIGHTLY), config, spark);
      for (Path file : Loaders.of(context, org).write(output)) {
        out.println(file);
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
