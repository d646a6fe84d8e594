package dev.copyloop.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private static final byte[] SLOW_DOWN_ANSWER =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final long SLOWNESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  FaultProxy(String endpoint) throws IOException {
    target = URI.create(endpoint);
    daemon(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
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

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(target.getHost(), target.getPort());
      sockets.add(client);
      sockets.add(server);
      daemon(() -> forwardRequests(client, server));
      daemon(() -> forwardAnswers(server, client));
    }
  }

  private void forwardRequests(Socket client, Socket server) throws IOException {
    try (client;
        server) {
      byte[] buffer = new byte[16 * 1024];
      InputStream in = client.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (hits(Fault.RESET)) {
          return;
        }
        if (hits(Fault.SLOW_DOWN)) {
          client.getOutputStream().write(SLOW_DOWN_ANSWER);
          return;
        }
        server.getOutputStream().write(buffer, 0, count);
      }
    }
  }

  private void forwardAnswers(Socket server, Socket client) throws IOException {
    try (server;
        client) {
      byte[] buffer = new byte[16 * 1024];
      InputStream in = server.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (hits(Fault.ANSWER_LOST)) {
          return;
        }
        if (hits(Fault.STALLED)) {
          continue;
        }
        if (hits(Fault.SLOW)) {
          LockSupport.parkNanos(SLOWNESS_NANOS);
        }
        client.getOutputStream().write(buffer, 0, count);
      }
    }
  }

  private boolean hits(Fault candidate) {
    if (fault != candidate || left.getAndUpdate(times -> Math.max(0, times - 1)) == 0) {
      return false;
    }
    faults.incrementAndGet();
    return true;
  }

  /** A task that may end in an exception because its socket was closed. */
  @FunctionalInterface
  private interface SocketTask {
    void run() throws IOException;
  }

  private static void daemon(SocketTask task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One side has gone: what a proxy lives with.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
