package dev.copyloop.serving;

import dev.copyloop.embedded.TcpForwarder;
import dev.copyloop.embedded.TcpForwarder.Side;
import dev.copyloop.embedded.TcpForwarder.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server, and is slow or silent on demand. */
final class TcpProxy implements AutoCloseable {
  private final TcpForwarder forwarder;
  private volatile Duration answerDelay = Duration.ZERO;
  private volatile boolean silent;

  TcpProxy(String host, int port) throws IOException {
    forwarder = new TcpForwarder(host, port, Link::new);
  }

  int port() {
    return forwarder.port();
  }

  /** Every part of an answer is held back for so long. */
  void delaysAnswers(Duration delay) {
    answerDelay = delay;
  }

  /** Swallows everything, on open connections and on new ones, and closes none. */
  void fallsSilent() {
    silent = true;
  }

  /** Forwards again what is sent on new connections; those that fell silent stay so. */
  void speaks() {
    silent = false;
  }

  private final class Link implements TcpForwarder.Link {
    private volatile boolean dead;

    @Override
    public Verdict part(Side from, OutputStream back) {
      dead = dead || silent;
      if (dead) {
        return Verdict.SWALLOW;
      }
      if (from == Side.SERVER) {
        LockSupport.parkNanos(answerDelay.toNanos());
      }
      return Verdict.FORWARD;
    }
  }

  @Override
  public void close() {
    forwarder.close();
  }
}
