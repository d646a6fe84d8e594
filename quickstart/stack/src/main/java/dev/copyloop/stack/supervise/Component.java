package dev.copyloop.stack.supervise;

import java.io.IOException;

/** One process of the local stack. Used by one keeper at a time, except {@link #stop}. */
interface Component {
  String name();

  int port();

  /** Starts its process; it need not answer yet. */
  ProcessHandle launch() throws IOException, InterruptedException;

  /** Waits until the process answers, and prepares what its users need. */
  void awaitReady() throws IOException, InterruptedException;

  /** Ends the process, waiting for it. Does nothing if there is none. */
  void stop() throws IOException, InterruptedException;
}
