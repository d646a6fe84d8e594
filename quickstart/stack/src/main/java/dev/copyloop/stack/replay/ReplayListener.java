package dev.copyloop.stack.replay;

/** Is told what happens; called from the client's threads, at once from several. */
@FunctionalInterface
public interface ReplayListener {
  /** The server answered with success. */
  void acknowledged(ReplayRequest request, String answer);

  /** All the requests of one step are acknowledged. */
  default void finished(ReplayStep step) {}
}
