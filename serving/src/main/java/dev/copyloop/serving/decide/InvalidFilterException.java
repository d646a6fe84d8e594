package dev.copyloop.serving.decide;

/** A variant's filter can't be compiled; the message says which part and what is expected. */
public final class InvalidFilterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidFilterException(String pointer, String detail) {
    super((pointer.isEmpty() ? "filter" : "filter at " + pointer) + ": " + detail);
  }
}
