package dev.copyloop.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and the S3 server, and fails on demand. */
final class FaultProxy implements AutoCloseable {
  /** What happens to connections, open ones included. */
  enum Fault {
    NONE,
    /** A connection ends as soon as the client says something. */
    RESET,
    /** The server gets the request; its answer is lost and the connection ends. */
    ANSWER_LOST,
    /** The server gets the request; nobody hears of it again. */
    STALLED
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  FaultProxy(String endpoint) throws IOException {
    target = URI.create(endpoint);
    daemon(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  void shows(Fault next) {
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
      daemon(() -> pump(client, server, Fault.RESET));
      daemon(() -> pump(server, client, Fault.ANSWER_LOST));
    }
  }

  private void pump(Socket from, Socket to, Fault deadly) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (fault == deadly) {
          faults.incrementAndGet();
          return;
        }
        if (fault == Fault.STALLED && deadly == Fault.ANSWER_LOST) {
          faults.incrementAndGet();
          continue;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    }
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
