package dev.copyloop.landing;

import dev.copyloop.embedded.TcpForwarder;
import dev.copyloop.embedded.TcpForwarder.Side;
import dev.copyloop.embedded.TcpForwarder.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and the S3 server, and fails on demand. */
final class FaultProxy implements AutoCloseable {
  /** What happens to connections, open ones included. */
  enum Fault {
    NONE,
    /** The store says that it is overloaded. */
    SLOW_DOWN,
    /** A connection ends as soon as the client says something. */
    RESET,
    /** Every part of an answer takes its time. */
    SLOW,
    /** The server gets the request; its answer is lost and the connection ends. */
    ANSWER_LOST,
    /** The server gets the request; nobody hears of it again. */
    STALLED
  }

  private static final byte[] SLOW_DOWN_ANSWER =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final long SLOWNESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final TcpForwarder forwarder;
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  FaultProxy(String endpoint) throws IOException {
    URI target = URI.create(endpoint);
    forwarder = new TcpForwarder(target.getHost(), target.getPort(), () -> this::part);
  }

  String endpoint() {
    return "http://127.0.0.1:" + forwarder.port();
  }

  void shows(Fault next) {
    shows(next, Integer.MAX_VALUE);
  }

  /** So often, then no more. */
  void shows(Fault next, int times) {
    left.set(times);
    fault = next;
  }

  /** How often a fault has hit. */
  int faults() {
    return faults.get();
  }

  private Verdict part(Side from, OutputStream back) throws IOException {
    return from == Side.CLIENT ? request(back) : answer();
  }

  private Verdict request(OutputStream back) throws IOException {
    if (hits(Fault.RESET)) {
      return Verdict.END;
    }
    if (hits(Fault.SLOW_DOWN)) {
      back.write(SLOW_DOWN_ANSWER);
      return Verdict.END;
    }
    return Verdict.FORWARD;
  }

  private Verdict answer() {
    if (hits(Fault.ANSWER_LOST)) {
      return Verdict.END;
    }
    if (hits(Fault.STALLED)) {
      return Verdict.SWALLOW;
    }
    if (hits(Fault.SLOW)) {
      LockSupport.parkNanos(SLOWNESS_NANOS);
    }
    return Verdict.FORWARD;
  }

  private boolean hits(Fault candidate) {
    if (fault != candidate || left.getAndUpdate(times -> Math.max(0, times - 1)) == 0) {
      return false;
    }
    faults.incrementAndGet();
    return true;
  }

  @Override
  public void close() {
    forwarder.close();
  }
}
