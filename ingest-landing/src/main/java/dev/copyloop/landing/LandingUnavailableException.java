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
    /** The queue before durability is full. */
    OVERLOADED("more arrives than can be made durable in time"),
    /** The queue or the spool is nearly full, and more than a share of it is this org's. */
    OVER_SHARE("more waits here than can be landed in time, and more than a share of it is yours"),
    /** The spool's budget is spent. */
    FULL("the spool is full until object storage takes what is in it"),
    /** The disk, or the store where there is no spool, refuses writes. */
    FAILING("storage refuses writes"),
    /** The landing is closing. */
    DRAINING("this process is stopping; another one can take it");

    private final String description;

    Reason(String description) {
      this.description = description;
    }

    /** In words, for the sender. */
    public String description() {
      return description;
    }

    /** The lower-case name used as a metric's label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
