package dev.copyloop.jobs.inbox;

import java.io.IOException;

/** A file of which no row can be taken; the message tells its sender why and what to do. */
final class InvalidFileException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidFileException(String message) {
    super(message);
  }

  InvalidFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
