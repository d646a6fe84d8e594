package dev.copyloop.landing;

import java.time.Duration;
import java.util.Locale;

/** The landing can't make an arrival durable now; nothing of the call is acknowledged. */
public final class LandingUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration retryAfter;

  /** Without a stack trace: it is thrown per request exactly when there is no time for one. */
  public LandingUnavailableException(
      Reason reason, Duration retryAfter, String detail, Throwable cause) {
    super("Cannot land: " + detail, cause, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }

  /** When trying again makes sense, from now. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Why an arrival was refused. */
  public enum Reason {
    /** More arrives than can be made durable: the queue before it is full. */
    OVERLOADED,
    /** The spool's budget is spent. */
    FULL,
    /** The disk, or the store where there is no spool, refuses writes. */
    FAILING,
    /** The landing is closing. */
    DRAINING;

    /** The lower-case name used as a metric's label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
