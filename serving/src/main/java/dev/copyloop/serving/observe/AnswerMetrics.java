package dev.copyloop.serving.observe;

import dev.copyloop.serving.http.Route;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Answers by route and status, each looked up once. Thread-safe. */
final class AnswerMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ConcurrentMap<Route, ByStatus> byRoute = new ConcurrentHashMap<>();
  private final Counter answers;
  private final Histogram durations;

  private record ByStatus(
      ConcurrentMap<Integer, CounterDataPoint> answers, DistributionDataPoint durations) {}

  /**
   * @param answers by method, route and status
   * @param durations by route
   */
  AnswerMetrics(Counter answers, Histogram durations) {
    this.answers = answers;
    this.durations = durations;
  }

  void answered(Route route, int status, long nanos) {
    ByStatus known = byRoute.get(route);
    if (known == null) {
      known = byRoute.computeIfAbsent(route, this::of);
    }
    known.answers().computeIfAbsent(status, number -> of(route, number)).inc();
    known.durations().observe(nanos / NANOS_PER_SECOND);
  }

  private ByStatus of(Route route) {
    return new ByStatus(new ConcurrentHashMap<>(), durations.labelValues(route.path()));
  }

  private CounterDataPoint of(Route route, int status) {
    return answers.labelValues(route.method().name(), route.path(), Integer.toString(status));
  }
}
