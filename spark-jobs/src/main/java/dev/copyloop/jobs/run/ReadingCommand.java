package dev.copyloop.jobs.run;

import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that reads one org's tables, writes none, and prints a table or JSON. */
@Command(mixinStandardHelpOptions = true)
public abstract class ReadingCommand implements Callable<Integer> {

  private final PrintStream out;

  @Mixin private RunOptions options;

  @Option(names = "--org", required = true, paramLabel = "SLUG", description = "The org.")
  private String org;

  @Option(
      names = "--format",
      defaultValue = "table",
      converter = FormatOption.class,
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it. Default: standard output.")
  private Path output;

  protected ReadingCommand(PrintStream out) {
    this.out = out;
  }

  /** How a result is written. */
  enum Format {
    TABLE,
    JSON
  }

  /** Reads a format's lower-case name. */
  static final class FormatOption implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Format.valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What to do.
   *
   * @throws IOException if a file that the options name can't be read
   */
  protected abstract Job job(JobsConfig config, String ofOrg) throws IOException;

  @Override
  public final Integer call() throws IOException {
    JobsConfig config = options.config();
    Job job = job(config, org);
    try (SparkSession spark = SparkSessions.open(config)) {
      RunContext context = new RunContext(options.request(RunMode.NIGHTLY), config, spark);
      JobResult result = context.run(job);
      write(format == Format.JSON ? json(context, job, result) : table(result));
    }
    return ExitCode.OK.code();
  }

  private static String json(RunContext context, Job job, JobResult result) throws IOException {
    return Json.mapper()
            .readTree(JobResultJson.write(context, job.name(), result, Duration.ZERO))
            .get("result")
            .toPrettyString()
        + "\n";
  }

  private static String table(JobResult result) {
    return String.join("\n", result.summary()) + "\n";
  }

  private void write(String text) throws IOException {
    if (output == null) {
      out.print(text);
      out.flush();
    } else {
      Files.writeString(output, text);
    }
  }
}
