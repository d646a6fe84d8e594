package dev.copyloop.serving.hydrate;

/** A text's Liquid failed or overran its limits with these fields. */
public final class RenderFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RenderFailedException(Throwable cause) {
    super("Cannot render: " + cause.getClass().getSimpleName(), cause);
  }
}
