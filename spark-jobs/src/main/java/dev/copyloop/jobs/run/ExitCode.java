package dev.copyloop.jobs.run;

/** What a job's process ends with, so that an orchestrator can act on it. */
public enum ExitCode {
  OK(0),
  /** Something failed; a retry may help. */
  FAILED(1),
  /** The command line or a setting is wrong; a retry can't help. */
  USAGE(2),
  /** An audit or the reconciliation failed; nothing was published. */
  AUDIT_FAILED(65),
  /** Another run holds the lake's lease; try again later. */
  BUSY(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }
}
