package dev.copyloop.serving.http;

/** Whether the server is on its way out: it still answers, and asks clients to go elsewhere. */
public final class Draining {
  private volatile boolean started;

  /** From now on every answer closes its connection. */
  public void start() {
    started = true;
  }

  /** Whether it has begun. */
  public boolean started() {
    return started;
  }
}
