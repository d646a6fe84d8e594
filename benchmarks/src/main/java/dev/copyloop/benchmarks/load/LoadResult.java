package dev.copyloop.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load was answered with.
 *
 * @param nanos how long it was applied
 * @param inTime answers with status 200 within that time
 * @param refused answers with any other status
 * @param answers all answers, those after the time included
 * @param latency in nanoseconds, of the answers with 200, from when each request was due
 */
public record LoadResult(long nanos, long inTime, long refused, long answers, Histogram latency) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Answers with 200 per second. */
  public double perSecond() {
    return inTime * NANOS_PER_SECOND / nanos;
  }
}
