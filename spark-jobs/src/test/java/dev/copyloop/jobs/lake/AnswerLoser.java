package dev.copyloop.jobs.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an S3 server. When it is armed, the next PUT of a chosen name reaches the server,
 * but its answer is lost with the connection.
 */
final class AnswerLoser implements AutoCloseable {
  private final ServerSocket listener;
  private final URI server;
  private final AtomicBoolean armed = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile String name;

  AnswerLoser(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Loses the answer to the next PUT of an object whose name ends so. */
  void loseAnswerTo(String ending) {
    name = ending;
    armed.set(true);
  }

  int lost() {
    return lost.get();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "answer-loser");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        AtomicBoolean losing = new AtomicBoolean();
        start(() -> pump(client, upstream, losing, true));
        start(() -> pump(upstream, client, losing, false));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to, AtomicBoolean losing, boolean requests) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (requests && isChosen(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))) {
          losing.set(true);
        } else if (!requests && losing.get() && isFinal(buffer, count)) {
          lost.incrementAndGet();
          return;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // One side closed the connection: so is the other.
    }
  }

  private boolean isChosen(String request) {
    return request.startsWith("PUT ")
        && request.substring(0, request.indexOf('\r')).contains(name + " ")
        && armed.compareAndSet(true, false);
  }

  private static boolean isFinal(byte[] buffer, int count) {
    return !new String(buffer, 0, count, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 100");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
