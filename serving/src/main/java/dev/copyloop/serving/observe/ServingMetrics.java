package dev.copyloop.serving.observe;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.LandingState;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What serving counts, in Prometheus' terms; see {@code docs/metrics.md}. Thread-safe.
 *
 * <p>Relations: {@code copyloop_landing_received_lines_total} = durable + rejected + in flight;
 * generations answered = the sum over {@code outcome}.
 */
public final class ServingMetrics implements LandingMetrics, Exchange.AnswerObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AnswerMetrics answers =
      new AnswerMetrics(
          counter(
              "copyloop_http_answers", "Answers by route and status", "method", "route", "status"),
          Histogram.builder()
              .name("copyloop_http_answer_seconds")
              .help("From a request's head to the end of its answer")
              .labelNames("route")
              .classicOnly()
              .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5)
              .register(registry));
  private final LabelledCounter generations =
      new LabelledCounter(counter("copyloop_generations", "Answered calls of generate", "outcome"));
  private final LabelledCounter webhooks =
      new LabelledCounter(
          counter("copyloop_webhooks", "Customer.io webhooks landed", "verification"));
  private final Counter webhooksRefused =
      counter("copyloop_webhooks_refused", "Unverified webhooks over the budget");
  private final Counter eventsAccepted =
      counter("copyloop_custom_events", "Custom events by result", "result");
  private final Counter oversizeCopies =
      counter(
          "copyloop_oversize_copies",
          "Copies above 1,000 bytes of JSON answered for the attribute scope customer");
  private final Counter settingsLoads =
      counter("copyloop_settings_loads", "Attempts to load the settings", "result");
  private final Counter received = counter("copyloop_landing_received_lines", "Lines handed in");
  private final Counter durable = counter("copyloop_landing_durable_lines", "Lines acknowledged");
  private final Counter rejected =
      counter("copyloop_landing_rejected_lines", "Lines refused", "reason");
  private final Counter syncs = counter("copyloop_landing_syncs", "Writes with a sync");
  private final Counter syncFailures =
      counter("copyloop_landing_sync_failures", "Failed writes or syncs");
  private final Counter syncSeconds =
      counter("copyloop_landing_sync_seconds", "Time in writes and syncs");
  private final Counter stored =
      counter("copyloop_landing_stored_lines", "Lines in object storage", "source");
  private final Counter storedObjects =
      counter("copyloop_landing_stored_objects", "Objects in object storage", "source");
  private final Counter storeFailures =
      counter("copyloop_landing_store_failures", "Failed uploads, tried again");
  private final Counter conflicts =
      counter("copyloop_landing_conflicts", "Objects found with other content than ours");
  private final Counter recovered =
      counter("copyloop_landing_recovered_lines", "Lines found after an unclean end");
  private final Counter damaged =
      counter("copyloop_landing_damaged_bytes", "Bytes of segments that are no whole records");

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** The registry that {@code /metrics} prints. */
  PrometheusRegistry registry() {
    return registry;
  }

  /** Shows the landing's state and the settings' version as gauges. */
  public void show(Supplier<LandingState> landing, Supplier<Optional<Long>> settingsVersion) {
    gauge(
        "copyloop_landing_queued_bytes",
        "Accepted, not yet durable",
        () -> landing.get().queuedBytes());
    gauge(
        "copyloop_landing_pending_bytes",
        "Durable, not yet in object storage",
        () -> landing.get().pendingBytes());
    gauge(
        "copyloop_landing_budget_bytes",
        "What the spool may hold",
        () -> landing.get().budgetBytes());
    gauge(
        "copyloop_landing_accepting",
        "1 if arrivals are taken",
        () -> landing.get().accepting() ? 1 : 0);
    gauge(
        "copyloop_settings_version",
        "The version requests are answered by, -1 before the first",
        () -> settingsVersion.get().orElse(-1L));
  }

  private void gauge(String name, String help, Supplier<? extends Number> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.get().doubleValue()))
        .register(registry);
  }

  @Override
  public void answered(Route route, int status, long nanos) {
    answers.answered(route, status, nanos);
  }

  /** A generation was answered with a drawn, control, forced or fallback copy. */
  public void generationAnswered(Arm arm, Optional<FallbackReason> fallback, boolean forced) {
    String drawn = arm == Arm.CONTROL ? "control" : "drawn";
    String outcome = fallback.map(FallbackReason::label).orElse(forced ? "forced" : drawn);
    generations.of(outcome).inc();
  }

  /** A copy above Customer.io's limit for profile attributes was answered for that scope. */
  public void oversizeCopy() {
    oversizeCopies.inc();
  }

  /** A webhook was landed. */
  public void webhookLanded(Verification verification) {
    webhooks.of(verification.label()).inc();
  }

  /** A webhook that does not verify was refused. */
  public void webhookRefused() {
    webhooksRefused.inc();
  }

  /** Custom events were taken and refused. */
  public void customEvents(int accepted, int refused) {
    eventsAccepted.labelValues("accepted").inc(accepted);
    eventsAccepted.labelValues("rejected").inc(refused);
  }

  /** How an attempt to load the settings ended. */
  public enum LoadResult {
    LOADED,
    UNREACHABLE,
    INVALID
  }

  /** The settings were loaded, or not. */
  public void settingsLoaded(LoadResult result) {
    settingsLoads.labelValues(result.name().toLowerCase(Locale.ROOT)).inc();
  }

  @Override
  public void received(int lines) {
    received.inc(lines);
  }

  @Override
  public void durable(int lines) {
    durable.inc(lines);
  }

  @Override
  public void rejected(Reason reason, int lines) {
    rejected.labelValues(reason.label()).inc(lines);
  }

  @Override
  public void synced(int lines, long bytes, long nanos) {
    syncs.inc();
    syncSeconds.inc(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void syncFailed() {
    syncFailures.inc();
  }

  @Override
  public void stored(Source source, long lines, long bytes) {
    stored.labelValues(source.label()).inc(lines);
    storedObjects.labelValues(source.label()).inc();
  }

  @Override
  public void storeFailed() {
    storeFailures.inc();
  }

  @Override
  public void conflict() {
    conflicts.inc();
  }

  @Override
  public void recovered(long lines) {
    recovered.inc(lines);
  }

  @Override
  public void damaged(long bytes) {
    damaged.inc(bytes);
  }
}
