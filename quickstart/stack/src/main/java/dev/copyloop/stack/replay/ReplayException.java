package dev.copyloop.stack.replay;

/** A request that was refused for good, or that nobody acknowledged within the patience. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReplayException(String message, Throwable cause) {
    super(message, cause);
  }

  public ReplayException(String message) {
    super(message);
  }
}
