package dev.copyloop.landing.spool;

import java.io.IOException;

/** Another process has the spool. */
public final class SpoolInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  SpoolInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
