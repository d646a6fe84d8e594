package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.load.LoadClient;
import dev.copyloop.benchmarks.load.LoadResult;
import java.io.IOException;
import java.time.Duration;

/**
 * One way to load a contender.
 *
 * @param name as in the results
 * @param perSecond the steady rate of an open loop; 0: a closed loop
 */
record Load(String name, int connections, double perSecond) {
  /** The highest rate, with few senders and with many; then percentiles at two steady rates. */
  static final Load FEW = new Load("closed-64", 64, 0);

  static final Load MANY = new Load("closed-256", 256, 0);
  static final Load CALM = new Load("open-2000", 256, 2_000);
  static final Load BUSY = new Load("open-10000", 256, 10_000);

  /** Five times as many senders as those that find the highest rate: what overload leaves of it. */
  static final Load STORM = new Load("closed-1280", 5 * MANY.connections(), 0);

  LoadResult apply(LoadClient client, Duration duration) throws IOException, InterruptedException {
    return perSecond == 0 ? client.closed(duration) : client.open(perSecond, duration);
  }
}
