package dev.copyloop.jobs;

import dev.copyloop.jobs.attribute.AttributeJob;
import dev.copyloop.jobs.attribute.preview.PreviewCommand;
import dev.copyloop.jobs.compact.CompactJob;
import dev.copyloop.jobs.export.DestinationCommand;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.export.LoadersCommand;
import dev.copyloop.jobs.inbox.InboxJob;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.maintain.LifecycleCommand;
import dev.copyloop.jobs.maintain.MaintainJob;
import dev.copyloop.jobs.metrics.MetricsJob;
import dev.copyloop.jobs.plan.PlanCommand;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.report.PersonsCommand;
import dev.copyloop.jobs.report.ReportCommand;
import dev.copyloop.jobs.report.TieOutCommand;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunMode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The batch's command line: one subcommand per job, and {@code nightly} for all in order. */
@Command(
    name = "copyloop-jobs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "JOB",
    description = "Turns landings into tables, figures and exports.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong option or setting",
      "65:audit or reconciliation failed, nothing published",
      "75:another run holds the lease"
    })
public final class Main {

  private Main() {}

  /** The night, in order. */
  static List<Job> night() {
    return List.of(
        new InboxJob(),
        new CompactJob(),
        new AttributeJob(),
        new MetricsJob(),
        new PublishJob(),
        new ExportJob());
  }

  /** What a night does with rows that are in the tables already. */
  static List<Job> afterCompact() {
    List<Job> all = night();
    int compact = all.stream().map(Job::name).toList().indexOf("compact");
    return all.subList(compact + 1, all.size());
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** Runs a command line and returns the process's exit code. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    return run(arguments, out, err, CommitHook.NONE);
  }

  /** The same, with a hook that is told of every commit. */
  static int run(String[] arguments, PrintStream out, PrintStream err, CommitHook hook) {
    CommandLine main = new CommandLine(new Main());
    for (Job job : night()) {
      JobCommand command = new JobCommand(List.of(job), RunMode.NIGHTLY, hook, out, err);
      add(main, job.name(), job.description(), command);
    }
    add(
        main,
        "nightly",
        "All of them, in order, in one process.",
        new JobCommand(night(), RunMode.NIGHTLY, hook, out, err));
    add(
        main,
        "backfill",
        "Consumes what is pending, then recomputes the hours of --from to --to (occurred_at) by the"
            + " current settings.",
        new JobCommand(night(), RunMode.BACKFILL, hook, out, err));
    main.addSubcommand("rebuild", new CommandLine(new RebuildCommand(hook, out, err)));
    add(
        main,
        "maintain",
        new MaintainJob().description(),
        new JobCommand(List.of(new MaintainJob()), RunMode.NIGHTLY, hook, out, err));
    main.addSubcommand("replay", new CommandLine(new ReplayCommand(hook, out, err)));
    main.addSubcommand("plan", new CommandLine(new PlanCommand(out)));
    main.addSubcommand("lifecycle", new CommandLine(new LifecycleCommand(out)));
    main.addSubcommand("report", new CommandLine(new ReportCommand(out)));
    main.addSubcommand("destination", new CommandLine(new DestinationCommand(out)));
    main.addSubcommand("loaders", new CommandLine(new LoadersCommand(out)));
    main.addSubcommand("persons", new CommandLine(new PersonsCommand(out)));
    main.addSubcommand("tie-out", new CommandLine(new TieOutCommand(out)));
    main.addSubcommand("preview", new CommandLine(new PreviewCommand(out)));
    main.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    main.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    main.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err));
    return arguments.length == 0 ? usage(main, err) : main.execute(arguments);
  }

  private static void add(CommandLine main, String name, String description, Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().usageMessage().description(description);
    main.addSubcommand(name, line);
  }

  private static int usage(CommandLine main, PrintStream err) {
    main.usage(err);
    return ExitCode.USAGE.code();
  }

  private static int report(Exception failure, PrintStream err) {
    if (failure instanceof JobException explained) {
      err.println("Error: " + explained.getMessage());
      for (Throwable cause = explained.getCause(); cause != null; cause = cause.getCause()) {
        err.println("  because: " + cause);
      }
      return explained.exitCode().code();
    }
    failure.printStackTrace(err);
    return ExitCode.FAILED.code();
  }
}
