package dev.copyloop.serving.observe;

import dev.copyloop.landing.LandingState;
import dev.copyloop.landing.LandingState.Phase;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names of what {@link ServingMetrics} registers. */
public final class RegisteredMetrics {
  private RegisteredMetrics() {}

  /** Without the suffix {@code _total}. */
  public static Set<String> names() {
    ServingMetrics metrics = new ServingMetrics();
    LandingState state =
        new LandingState(Phase.ACCEPTING, 0, 0, 0, 1, 0, 0, Instant.EPOCH, Optional.empty());
    metrics.show(() -> state, Optional::empty);
    Set<String> names = new TreeSet<>();
    for (MetricSnapshot snapshot : metrics.registry().scrape()) {
      names.add(snapshot.getMetadata().getName());
    }
    return names;
  }
}
