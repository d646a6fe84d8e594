package dev.copyloop.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Loads an HTTP/1.1 server on so many connections, with as little work per request as NIO allows:
 * the client shares the machine with the server. One load at a time.
 */
public final class LoadClient implements AutoCloseable {
  private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int DIGITS = 3;
  private static final int OK = 200;
  private static final long SELECT_MILLIS = 100;
  private static final long LAST_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RequestSource source;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();

  /** What is done with a connection whose request was answered. */
  private interface Answered {
    void free(Connection connection, long now) throws IOException;
  }

  private LoadClient(RequestSource source, Selector selector) {
    this.source = source;
    this.selector = selector;
  }

  /** Opens the connections. */
  public static LoadClient open(InetSocketAddress address, RequestSource source, int connections)
      throws IOException {
    LoadClient client = new LoadClient(source, Selector.open());
    for (int i = 0; i < connections; i++) {
      Connection connection = Connection.open(address);
      client.connections.add(connection);
      connection.channel().register(client.selector, SelectionKey.OP_READ, connection);
    }
    return client;
  }

  /** A closed loop: each connection sends its next request when the last one is answered. */
  public LoadResult closed(Duration duration) throws IOException {
    long start = System.nanoTime();
    Reader reader = new Reader(start, start + duration.toNanos());
    for (Connection connection : connections) {
      reader.send(connection, start);
    }
    reader.sendsNoMore = true;
    reader.await(
        (connection, now) -> {
          if (now < reader.end) {
            reader.send(connection, now);
          }
        });
    return reader.result();
  }

  /**
   * An open loop: requests are due at a steady rate, whatever the server does. One that finds every
   * connection taken waits, and its latency counts from when it was due: no coordinated omission.
   * What is still unsent at the end counts with the time it has waited by then.
   */
  public LoadResult open(double perSecond, Duration duration)
      throws IOException, InterruptedException {
    BlockingQueue<Connection> free = new LinkedBlockingQueue<>(connections);
    long start = System.nanoTime();
    Reader reader = new Reader(start, start + duration.toNanos());
    ReaderThread thread =
        new ReaderThread(() -> reader.await((connection, now) -> free.add(connection)));
    thread.start();
    long total = (long) (perSecond * duration.toNanos() / NANOS_PER_SECOND);
    long sent = 0;
    while (sent < total && thread.isAlive()) {
      long due = due(start, sent, perSecond);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Connection connection = free.poll(reader.end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (connection == null) {
        break;
      }
      reader.send(connection, due);
      sent++;
    }
    reader.sendsNoMore = true;
    thread.finish();
    LoadResult result = reader.result();
    for (; sent < total; sent++) {
      result.latency().recordValue(reader.end - due(start, sent, perSecond));
    }
    return result;
  }

  private static long due(long start, long number, double perSecond) {
    return start + (long) (number * NANOS_PER_SECOND / perSecond);
  }

  /** Reads answers until all that was sent is answered. */
  private final class Reader {
    private final Histogram latency = new Histogram(LONGEST_LATENCY_NANOS, DIGITS);
    private final AtomicLong inFlight = new AtomicLong();
    private final long start;
    private final long end;
    private volatile boolean sendsNoMore;
    private long inTime;
    private long refused;

    Reader(long start, long end) {
      this.start = start;
      this.end = end;
    }

    void send(Connection connection, long due) throws IOException {
      inFlight.incrementAndGet();
      connection.send(source, due);
    }

    void await(Answered answered) throws IOException {
      while (!sendsNoMore || inFlight.get() > 0) {
        selector.select(SELECT_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          Connection connection = (Connection) key.attachment();
          int status = connection.read();
          if (status != 0) {
            long now = System.nanoTime();
            count(status, now, connection);
            answered.free(connection, now);
            inFlight.decrementAndGet();
          }
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() > end + LAST_ANSWERS_NANOS) {
          throw new IOException(inFlight.get() + " requests were not answered in time");
        }
      }
    }

    private void count(int status, long now, Connection connection) {
      if (status == OK) {
        inTime += now <= end ? 1 : 0;
        latency.recordValue(Math.min(now - connection.dueNanos(), LONGEST_LATENCY_NANOS));
      } else {
        refused++;
      }
    }

    LoadResult result() {
      return new LoadResult(
          end - start, inTime, refused, latency.getTotalCount() + refused, latency);
    }
  }

  /** Reads beside the thread that sends. */
  private static final class ReaderThread extends Thread {
    private final Reading reading;
    private volatile IOException failure;

    private interface Reading {
      void run() throws IOException;
    }

    ReaderThread(Reading reading) {
      super("load-reader");
      this.reading = reading;
    }

    @Override
    public void run() {
      try {
        reading.run();
      } catch (IOException e) {
        failure = e;
      }
    }

    void finish() throws IOException, InterruptedException {
      join();
      if (failure != null) {
        throw new IOException("The load was not answered: " + failure.getMessage(), failure);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
