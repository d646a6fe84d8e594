package dev.copyloop.jobs;

import dev.copyloop.jobs.compact.ReplayJob;
import dev.copyloop.jobs.compact.SigningKeys;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.RunMode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recovers lines from the quarantine, then does what a night does with them. */
@Command(
    description = {
      "Reads quarantined lines of the landing hours of --from to --to again and counts what is"
          + " understood by now.",
      "Lines that no key verified are read by the keys of --signing-keys."
    })
final class ReplayCommand extends JobCommand {

  @Option(
      names = "--signing-keys",
      paramLabel = "FILE",
      description =
          "A JSON array of {org, workspace, key}, to verify what no key verified when it landed."
              + " Read by this process alone; keep it private and delete it afterwards.")
  private Path signingKeys;

  @Option(
      names = "--dry-run",
      description = "Say what would be recovered, by reason, and write nothing.")
  private boolean dryRun;

  ReplayCommand(CommitHook hook, PrintStream out, PrintStream progress) {
    super(List.of(), RunMode.NIGHTLY, hook, out, progress);
  }

  @Override
  List<Job> jobs() {
    SigningKeys keys = signingKeys == null ? SigningKeys.NONE : SigningKeys.read(signingKeys);
    if (dryRun) {
      return List.of(ReplayJob.previewing(keys));
    }
    List<Job> jobs = new ArrayList<>(List.of(ReplayJob.recovering(keys)));
    jobs.addAll(Main.afterCompact());
    return jobs;
  }

  @Override
  boolean writes() {
    return !dryRun;
  }
}
