package dev.copyloop.serving.observe;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A counter by one label, whose values are looked up once. Thread-safe. */
final class LabelledCounter {
  private final ConcurrentMap<String, CounterDataPoint> points = new ConcurrentHashMap<>();
  private final Counter counter;

  LabelledCounter(Counter counter) {
    this.counter = counter;
  }

  /** The count of that label's value. */
  CounterDataPoint of(String value) {
    CounterDataPoint known = points.get(value);
    return known != null ? known : points.computeIfAbsent(value, counter::labelValues);
  }
}
