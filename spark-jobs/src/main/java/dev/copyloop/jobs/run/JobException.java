package dev.copyloop.jobs.run;

/** A job could not do its work, for a reason that its message explains to the operator. */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private JobException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something failed on the way: storage, database, a damaged table. */
  public static JobException failed(String message, Throwable cause) {
    return new JobException(ExitCode.FAILED, message, cause);
  }

  /** An option or a setting is missing or wrong. */
  public static JobException usage(String message) {
    return new JobException(ExitCode.USAGE, message, null);
  }

  /** Figures that must agree do not; nothing was published. */
  public static JobException auditFailed(String message) {
    return new JobException(ExitCode.AUDIT_FAILED, message, null);
  }

  /** Another run holds the lake's lease, or took it; try again later. */
  public static JobException busy(String message) {
    return new JobException(ExitCode.BUSY, message, null);
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
