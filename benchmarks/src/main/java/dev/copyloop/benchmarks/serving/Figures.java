package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.load.LoadResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What was measured of one contender under one load, over all rounds. Not thread-safe. */
final class Figures {
  private static final double NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<Double> perSecond = new ArrayList<>();
  private final List<Double> cpuMicros = new ArrayList<>();
  private final Histogram latency = new Histogram(3);
  private long refused;
  private long lines;
  private long syncs;
  private long objects;

  /** Adds a round; the CPU is all that its answers took, until the server was idle again. */
  void add(LoadResult result, long cpuNanos) {
    perSecond.add(result.perSecond());
    cpuMicros.add(cpuNanos / NANOS_PER_MICRO / Math.max(1, result.answers()));
    latency.add(result.latency());
    refused += result.refused();
  }

  /** Adds what the landing counted in a round. */
  void addLanding(LandingCounters counted) {
    lines += counted.lines();
    syncs += counted.syncs();
    objects += counted.objects();
  }

  /** Answers with 200 per second: the median of the rounds. */
  double perSecond() {
    return median(perSecond);
  }

  /** CPU microseconds of the server per answer: the median of the rounds. */
  double cpuMicros() {
    return median(cpuMicros);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** A percentile of all rounds' answers, in milliseconds. */
  double percentileMillis(double percentile) {
    return latency.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** Answers that were not 200. */
  long refused() {
    return refused;
  }

  /** Syncs per 1,000 landed lines; 0 without a landing. */
  double syncsPerThousand() {
    return lines == 0 ? 0 : 1000.0 * syncs / lines;
  }

  /** Landed lines. */
  long lines() {
    return lines;
  }

  /** Objects that were put meanwhile. */
  long objects() {
    return objects;
  }
}
