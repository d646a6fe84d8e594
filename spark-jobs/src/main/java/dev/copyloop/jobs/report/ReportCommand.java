package dev.copyloop.jobs.report;

import dev.copyloop.events.json.Json;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobResultJson;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints an org's figures as a table or as the JSON of {@link Report}. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Prints an org's figures by template and copy.")
public final class ReportCommand implements Callable<Integer> {

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

  public ReportCommand(PrintStream out) {
    this.out = out;
  }

  /** How a report is written. */
  enum Format {
    TABLE,
    JSON
  }

  /** Reads a format's lower-case name. */
  static final class FormatOption implements picocli.CommandLine.ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Format.valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  @Override
  public Integer call() throws IOException {
    JobsConfig config = options.config();
    try (SparkSession spark = SparkSessions.open(config)) {
      RunContext context = new RunContext(options.request(RunMode.NIGHTLY), config, spark);
      ReportJob job = new ReportJob(org, HowToRead.lines(config, org));
      Report report = (Report) context.run(job);
      write(format == Format.JSON ? json(context, job, report) : table(report));
    }
    return ExitCode.OK.code();
  }

  private static String json(RunContext context, ReportJob job, Report report) throws IOException {
    return Json.mapper()
            .readTree(JobResultJson.write(context, job.name(), report, Duration.ZERO))
            .get("result")
            .toPrettyString()
        + "\n";
  }

  private static String table(Report report) {
    return String.join("\n", report.summary()) + "\n";
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
