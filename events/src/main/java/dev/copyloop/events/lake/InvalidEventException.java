package dev.copyloop.events.lake;

import java.io.IOException;

/** A landed body that can't become a row: it goes to quarantine under its reason. */
public final class InvalidEventException extends IOException {
  private static final long serialVersionUID = 1L;

  private final QuarantineReason reason;

  /** The detail names members and what is wrong with them, without personal data. */
  public InvalidEventException(QuarantineReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public InvalidEventException(QuarantineReason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  /** The typed reason. */
  public QuarantineReason reason() {
    return reason;
  }
}
