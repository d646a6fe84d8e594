package dev.copyloop.jobs;

import dev.copyloop.jobs.run.TestLake;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What an action made Spark do.
 *
 * @param rowsRead from files
 */
record SparkWork(long jobs, long rowsRead, long bytesRead) {

  /** What may fail. */
  interface Action {
    void run() throws Exception;
  }

  private static final class Counter extends SparkListener {
    private final AtomicLong jobs = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      jobs.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskMetrics() != null) {
        rows.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
        bytes.addAndGet(end.taskMetrics().inputMetrics().bytesRead());
      }
    }
  }

  /** Runs an action alone on the session of the tests. */
  static SparkWork of(Action action) throws Exception {
    SparkContext context = TestLake.spark().sparkContext();
    Counter counter = new Counter();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(counter);
    try {
      action.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(counter);
    }
    return new SparkWork(counter.jobs.get(), counter.rows.get(), counter.bytes.get());
  }
}
