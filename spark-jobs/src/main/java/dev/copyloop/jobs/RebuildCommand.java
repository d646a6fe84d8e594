package dev.copyloop.jobs;

import dev.copyloop.jobs.compact.ReplayJob;
import dev.copyloop.jobs.compact.SigningKeys;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.rebuild.ResetJob;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.RunMode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Empties the tables and computes them anew from all landings. */
@Command(
    description = {
      "Empties the tables and computes them anew from all landings; readers keep what is published"
          + " until the new state has passed its audits.",
      "Lines that replay read by --signing-keys need them again."
    })
final class RebuildCommand extends JobCommand {

  @Option(
      names = "--signing-keys",
      paramLabel = "FILE",
      description =
          "A JSON array of {org, workspace, key}, as replay takes it; an empty one leaves what no"
              + " key verified when it landed in the quarantine.")
  private Path signingKeys;

  RebuildCommand(CommitHook hook, PrintStream out, PrintStream progress) {
    super(List.of(), RunMode.REBUILD, hook, out, progress);
  }

  @Override
  List<Job> jobs() {
    List<Job> jobs = new ArrayList<>(Main.night());
    if (signingKeys == null) {
      jobs.add(0, new ResetJob());
    } else {
      int compacted = jobs.size() - Main.afterCompact().size();
      jobs.add(compacted, ReplayJob.recovering(SigningKeys.read(signingKeys)));
      jobs.add(0, ResetJob.beforeReplay());
    }
    return jobs;
  }
}
