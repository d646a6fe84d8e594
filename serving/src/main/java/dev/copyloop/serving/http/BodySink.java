package dev.copyloop.serving.http;

/** Takes a body's parts in order. */
public interface BodySink {
  /**
   * Takes the next bytes, which are its own.
   *
   * @throws ProblemException to refuse the rest
   */
  void accept(byte[] part);

  /** How many bytes it keeps by now. */
  long held();
}
