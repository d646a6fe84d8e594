package dev.copyloop.serving;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.access.AdminToken;
import dev.copyloop.serving.access.Authorization;
import dev.copyloop.serving.access.KeyUse;
import dev.copyloop.serving.activity.Activity;
import dev.copyloop.serving.activity.WebhookActivity;
import dev.copyloop.serving.admin.AdminAccess;
import dev.copyloop.serving.admin.AdminEndpoints;
import dev.copyloop.serving.customevents.CustomEventsEndpoint;
import dev.copyloop.serving.generate.BatchGenerateEndpoint;
import dev.copyloop.serving.generate.Generate;
import dev.copyloop.serving.generate.GenerateEndpoint;
import dev.copyloop.serving.generate.GenerateQueryEndpoint;
import dev.copyloop.serving.generate.RetryCache;
import dev.copyloop.serving.generate.ServedVariants;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.HttpFront;
import dev.copyloop.serving.http.Routes;
import dev.copyloop.serving.observe.DocsEndpoint;
import dev.copyloop.serving.observe.HealthEndpoint;
import dev.copyloop.serving.observe.MetricsEndpoint;
import dev.copyloop.serving.observe.OpenApiEndpoint;
import dev.copyloop.serving.observe.ReadyEndpoint;
import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.secrets.Keyset;
import dev.copyloop.serving.secrets.KeysetFile;
import dev.copyloop.serving.secrets.SecretBox;
import dev.copyloop.serving.settings.CurrentSettings;
import dev.copyloop.serving.settings.SettingsLoader;
import dev.copyloop.serving.webhook.CustomerIoWebhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serving tier: settings in memory, endpoints mounted, requests landed and answered. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int END_SECONDS = 2;

  private static final long KEY_USE_MILLIS = 2_000;
  private static final long ACTIVITY_MILLIS = 5_000;

  private final Vertx vertx;
  private final SettingsLoader loader;
  private final ServedMarks marks;
  private final List<PeriodicWriter> writers;
  private final HttpFront front;
  private final List<Endpoint> endpoints;

  private Server(
      Vertx vertx,
      SettingsLoader loader,
      ServedMarks marks,
      List<PeriodicWriter> writers,
      HttpFront front,
      List<Endpoint> endpoints) {
    this.vertx = vertx;
    this.loader = loader;
    this.marks = marks;
    this.writers = writers;
    this.front = front;
    this.endpoints = endpoints;
  }

  /**
   * Starts to listen. The landing stays the caller's: it is closed after the server.
   *
   * @throws IOException if the address can't be bound, or the keyset not read
   */
  public static Server start(ServingConfig config, Landing landing, ServingMetrics metrics)
      throws IOException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setPreferNativeTransport(true));
    LOG.info("Sockets go through {}", vertx.isNativeTransportEnabled() ? "epoll" : "selectors");
    CurrentSettings current = new CurrentSettings();
    SettingsLoader loader =
        new SettingsLoader(
            vertx,
            config.database(),
            secrets(config),
            config.snapshotFile(),
            config.settingsPoll(),
            current,
            metrics);
    ServedVariants served = new ServedVariants();
    RetryCache retries = new RetryCache(config.retryMemory());
    restore(landing, retries, served);
    ServedMarks marks = new ServedMarks(vertx, loader.pool(), served);
    HttpFront front = new HttpFront(vertx, config.front(), metrics);
    KeyUse use = new KeyUse(Clock.systemUTC(), System::nanoTime);
    Authorization authorization = new Authorization(use);
    PeriodicWriter uses =
        new PeriodicWriter(vertx, KEY_USE_MILLIS, new KeyUseMarks(loader.pool(), use)::write);
    Activity activity = new Activity(Clock.systemUTC());
    PeriodicWriter activities =
        new PeriodicWriter(
            vertx, ACTIVITY_MILLIS, new ActivityMarks(loader.pool(), activity)::write);
    Generate generate =
        new Generate(
            current, authorization, landing, retries, served, metrics, activity, Clock.systemUTC());
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(new GenerateEndpoint(generate, config.generateBody().bytes()));
    endpoints.add(new GenerateQueryEndpoint(generate));
    endpoints.add(new BatchGenerateEndpoint(generate, landing, config.batchBody().bytes()));
    endpoints.add(
        new CustomerIoWebhook(
            current, landing, config.webhook(), metrics, new WebhookActivity(activity)));
    endpoints.add(
        new CustomEventsEndpoint(
            current, authorization, landing, config.eventsBody().bytes(), metrics));
    endpoints.add(new HealthEndpoint());
    endpoints.add(new ReadyEndpoint(current, landing, front.draining()));
    endpoints.add(new MetricsEndpoint(metrics));
    endpoints.add(new OpenApiEndpoint());
    endpoints.addAll(DocsEndpoint.all());
    endpoints.addAll(
        new AdminEndpoints(
                new AdminAccess(new AdminToken(config.adminToken()), authorization, current),
                loader.pool(),
                loader.secrets(),
                marks,
                config.publicUrl())
            .all());
    metrics.show(landing::state, () -> current.snapshot().map(snapshot -> snapshot.version()));
    loader.start();
    marks.start();
    uses.start();
    activities.start();
    front.listen(new Routes(endpoints));
    return new Server(
        vertx, loader, marks, List.of(uses, activities), front, List.copyOf(endpoints));
  }

  /** A keyset that is named must be there; the one beside the settings file is made. */
  private static SecretBox secrets(ServingConfig config) throws IOException {
    Keyset keyset =
        config.keyset().isPresent()
            ? Keyset.read(config.keyset().get())
            : KeysetFile.readOrCreate(KeysetFile.beside(config.snapshotFile()));
    return keyset.box();
  }

  /** Retries of what an earlier process answered get the same copy. */
  private static void restore(Landing landing, RetryCache retries, ServedVariants served) {
    landing.recent(
        Source.GENERATE,
        line -> {
          try {
            GenerationRecord generation = read(line);
            retries.restore(generation);
            if (!generation.test()) {
              served.mark(generation.org(), generation.copyId());
            }
          } catch (IOException e) {
            LOG.warn("Cannot read a generation of the spool: {}", e.getMessage());
          }
        });
  }

  private static GenerationRecord read(LandingLine line) throws IOException {
    return GenerationRecordJson.read(line.body().bytes());
  }

  /** The port it listens on. */
  public int port() {
    return front.port();
  }

  /** What is mounted. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Drains: {@code /ready} fails at once, then no new connections, then nothing in flight. */
  @Override
  public void close() {
    front.drain();
    marks.close();
    awaitEnd(
        "what is written down now and then",
        Future.join(writers.stream().map(PeriodicWriter::close).toList()).mapEmpty());
    awaitEnd("the connections to PostgreSQL", loader.close());
    awaitEnd("the event loops", vertx.close());
  }

  /** PostgreSQL may never answer: what was acknowledged must still be drained after it. */
  private static void awaitEnd(String what, Future<Void> end) {
    try {
      end.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | RuntimeException e) {
      LOG.warn("Cannot end {} in order; going on: {}", what, e.toString());
    }
  }
}
