package dev.copyloop.jobs.export;

import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.events.settings.Org;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.SettingsReader;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets up and checks where an org's exports go. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Prints the policies that an org's export destination needs, or tries it.")
public final class DestinationCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private RunOptions options;

  @Option(names = "--org", required = true, paramLabel = "SLUG", description = "The org.")
  private String org;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Task task;

  /** What is asked for: exactly one. */
  static final class Task {
    @Option(
        names = "--policy",
        paramLabel = "ROLE_ARN",
        description = "Print the policies that admit this role of ours.")
    private String role;

    @Option(
        names = "--preflight",
        description = "Put, get, list and delete an object at the destination.")
    private boolean preflight;
  }

  public DestinationCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    JobsConfig config = options.config();
    Org found =
        SettingsReader.current(config.settings())
            .org(org)
            .orElseThrow(() -> JobException.usage("Unknown org '" + org + "'"));
    if (task.preflight) {
      preflight(config, found);
    } else {
      policies(found);
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private void preflight(JobsConfig config, Org found) {
    Configuration storage = SparkSessions.storage(config);
    ExportTarget target = new ExportTargets(new Bucket(config.root(), storage), storage).of(found);
    out.println(target.address(""));
    new Preflight(target).run().forEach(out::println);
  }

  private void policies(Org found) {
    Destination destination =
        found
            .exports()
            .destination()
            .orElseThrow(
                () ->
                    JobException.usage(
                        "Org '%s' exports to our own bucket, which needs no policy: set"
                                .formatted(org)
                            + " a destination by PUT /api/admin/orgs/%s/exports".formatted(org)));
    if (destination.roleArn().isPresent()) {
      out.println("Trust policy of " + destination.roleArn().get() + ":");
      out.println(DestinationPolicy.trust(destination, task.role).toPrettyString());
      out.println("Its permissions:");
      out.println(DestinationPolicy.permissions(destination).toPrettyString());
    } else {
      out.println(DestinationPolicy.ofBucket(destination, task.role).toPrettyString());
    }
  }
}
