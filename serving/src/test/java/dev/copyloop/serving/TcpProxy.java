package dev.copyloop.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server, and is slow or silent on demand. */
final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Duration answerDelay = Duration.ZERO;
  private volatile boolean silent;

  TcpProxy(String host, int port) throws IOException {
    target = new InetSocketAddress(host, port);
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
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

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(target.getAddress(), target.getPort());
      sockets.add(client);
      sockets.add(server);
      Link link = new Link();
      daemon(() -> link.pump(client, server, Duration.ZERO));
      daemon(() -> link.pump(server, client, null));
    }
  }

  /** Both directions of one connection. */
  private final class Link {
    private volatile boolean dead;

    /** A delay of null is the one that is set at the moment. */
    void pump(Socket from, Socket to, Duration delay) throws IOException {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        dead = dead || silent;
        if (dead) {
          continue;
        }
        LockSupport.parkNanos((delay == null ? answerDelay : delay).toNanos());
        out.write(buffer, 0, count);
        out.flush();
      }
      if (!dead) {
        to.close();
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
