package dev.copyloop.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A kept-alive connection with at most one request in flight. */
final class Connection implements AutoCloseable {
  private static final int REQUEST_BYTES = 16 * 1024;
  private static final int RESPONSE_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);
  private final ResponseScan response = new ResponseScan(RESPONSE_BYTES);

  /** When the request in flight was due; written before the request leaves. */
  private volatile long dueNanos;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  static Connection open(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new Connection(channel);
  }

  SocketChannel channel() {
    return channel;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** Sends the source's next request, which was due at that time. */
  void send(RequestSource source, long due) throws IOException {
    source.next(out.clear());
    out.flip();
    dueNanos = due;
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /**
   * Reads what has come.
   *
   * @return the status of the response that is complete now; 0 if it is not
   * @throws EOFException if the server closed the connection
   */
  int read() throws IOException {
    if (channel.read(response.buffer()) < 0) {
      throw new EOFException("The server closed a connection under load");
    }
    return response.takeStatus();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
