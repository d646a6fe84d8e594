package dev.copyloop.jobs.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import picocli.CommandLine;

/**
 * One line that says, while jobs run longer than a second, which one runs, for how long, and how
 * many stages and tasks are done. On a terminal it is rewritten in place; elsewhere it appears
 * every ten seconds.
 */
public final class ProgressLine implements AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration TERMINAL = Duration.ofMillis(250);
  private static final Duration LOG = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean terminal;
  private final Counts counts = new Counts();
  private final SparkContext spark;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String job = "";
  private volatile long startedNanos = System.nanoTime();

  /** Starts to watch a session; prints to the stream, normally standard error. */
  public ProgressLine(SparkContext spark, PrintStream out) {
    this.spark = spark;
    this.out = out;
    this.terminal = CommandLine.Help.Ansi.AUTO.enabled();
    spark.addSparkListener(counts);
    Duration every = terminal ? TERMINAL : LOG;
    Duration first = terminal ? FIRST : LOG;
    var unused =
        timer.scheduleAtFixedRate(
            this::print, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Names the job whose progress follows. */
  public void begin(String name) {
    job = name;
    startedNanos = System.nanoTime();
    counts.reset();
  }

  private void print() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
    String line =
        String.format(
            Locale.ROOT,
            "%s: %d s, %d of %d stages, %d tasks done",
            job,
            seconds,
            counts.stagesDone.get(),
            Math.max(counts.stages.get(), counts.stagesDone.get()),
            counts.tasksDone.get());
    if (terminal) {
      out.print("\r\u001b[K" + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    spark.removeSparkListener(counts);
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  /** Counts on Spark's listener thread, nothing more. */
  private static final class Counts extends SparkListener {
    private final AtomicInteger stages = new AtomicInteger();
    private final AtomicInteger stagesDone = new AtomicInteger();
    private final AtomicInteger tasksDone = new AtomicInteger();

    void reset() {
      stages.set(0);
      stagesDone.set(0);
      tasksDone.set(0);
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      stages.addAndGet(start.stageInfos().size());
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      stagesDone.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasksDone.incrementAndGet();
    }
  }
}
