package dev.copyloop.serving.hydrate;

/** A text is not Liquid that can be served; the message says where and why. */
public final class InvalidLiquidException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidLiquidException(String message, Throwable cause) {
    super(message, cause);
  }
}
