package dev.copyloop.landing;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts everything, by name. */
final class CountingMetrics implements LandingMetrics {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  long count(String name) {
    return counts.getOrDefault(name, new LongAdder()).sum();
  }

  private void add(String name, long amount) {
    counts.computeIfAbsent(name, any -> new LongAdder()).add(amount);
  }

  @Override
  public void received(int lines) {
    add("received", lines);
  }

  @Override
  public void durable(int lines) {
    add("durable", lines);
  }

  @Override
  public void rejected(Reason reason, int lines) {
    add("rejected", lines);
    add("rejected " + reason.label(), lines);
  }

  @Override
  public void synced(int lines, long bytes, long nanos) {
    add("syncs", 1);
  }

  @Override
  public void syncFailed() {
    add("syncs failed", 1);
  }

  @Override
  public void sealed(long bytes) {
    add("sealed", 1);
  }

  @Override
  public void stored(Source source, long lines, long bytes) {
    add("stored lines", lines);
    add("stored objects", 1);
  }

  @Override
  public void storeFailed() {
    add("store failed", 1);
  }

  @Override
  public void conflict() {
    add("conflicts", 1);
  }

  @Override
  public void recovered(long lines) {
    add("recovered", lines);
  }

  @Override
  public void damaged(long bytes) {
    add("damaged", bytes);
  }
}
