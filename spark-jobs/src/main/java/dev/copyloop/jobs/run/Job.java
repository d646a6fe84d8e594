package dev.copyloop.jobs.run;

import java.io.IOException;

/**
 * One stage of the night. A job reads its options from the run's context, plans without side
 * effects, executes, and returns a typed result; run again over the same input it changes nothing.
 */
public interface Job {

  /** The subcommand and the name of the result file: lower case. */
  String name();

  /** One line of help. */
  String description();

  /**
   * Does the work.
   *
   * @throws JobException if it can't, with the exit code that says why
   * @throws IOException if the object storage fails
   */
  JobResult run(RunContext context) throws IOException;
}
