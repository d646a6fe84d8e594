package dev.copyloop.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Stands between clients and a server on a port of its own, and lets tests spoil what passes. */
public final class TcpForwarder implements AutoCloseable {
  private static final int PART = 16 * 1024;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final String host;
  private final int port;
  private final Supplier<Link> links;

  /**
   * Listens on loopback.
   *
   * @param links makes what decides about each connection
   */
  public TcpForwarder(String host, int port, Supplier<Link> links) throws IOException {
    this.host = host;
    this.port = port;
    this.links = links;
    daemon(this::accept);
  }

  /** Who said something. */
  public enum Side {
    CLIENT,
    SERVER
  }

  /** What becomes of a part. */
  public enum Verdict {
    FORWARD,
    /** It is lost, and the connection stays open, also when the side that said it ends it. */
    SWALLOW,
    /** It is lost, and the connection ends. */
    END
  }

  /** Decides about one connection. Called by two threads, one per side. */
  @FunctionalInterface
  public interface Link {
    /**
     * What becomes of the next part of up to 16 KiB.
     *
     * @param back to whom said it, for an answer in the other's place
     */
    Verdict part(Side from, OutputStream back) throws IOException;
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(host, port);
      sockets.add(client);
      sockets.add(server);
      Link link = links.get();
      daemon(() -> pump(link, Side.CLIENT, client, server));
      daemon(() -> pump(link, Side.SERVER, server, client));
    }
  }

  private static void pump(Link link, Side side, Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[PART];
    Verdict verdict = Verdict.FORWARD;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      verdict = link.part(side, from.getOutputStream());
      if (verdict == Verdict.END) {
        break;
      }
      if (verdict == Verdict.FORWARD) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
    if (verdict != Verdict.SWALLOW) {
      from.close();
      to.close();
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
                // One side has gone: what a forwarder lives with.
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
