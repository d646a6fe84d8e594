package dev.copyloop.stack;

import dev.copyloop.stack.command.DemoCommand;
import dev.copyloop.stack.command.DownCommand;
import dev.copyloop.stack.command.JobCommand;
import dev.copyloop.stack.command.NightlyCommand;
import dev.copyloop.stack.command.StatusCommand;
import dev.copyloop.stack.command.SuperviseCommand;
import dev.copyloop.stack.command.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind the launcher {@code ./copyloop}. */
@Command(
    name = "copyloop",
    description = "Chooses, measures and improves marketing copy.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      JobCommand.class,
      NightlyCommand.class,
      SuperviseCommand.class
    })
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> {
                  command.getErr().println(message(problem));
                  return FAILED;
                })
            .execute(arguments));
  }

  /** What happened and why, without a stack trace: a person reads it. */
  private static String message(Throwable problem) {
    StringBuilder text = new StringBuilder(String.valueOf(problem.getMessage()));
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      text.append("\n  because: ").append(cause.getMessage());
    }
    return text.toString();
  }
}
