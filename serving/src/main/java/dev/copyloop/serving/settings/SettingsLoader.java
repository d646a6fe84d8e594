package dev.copyloop.serving.settings;

import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.observe.ServingMetrics.LoadResult;
import dev.copyloop.serving.secrets.SecretBox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link CurrentSettings} current: from the file at start, then from PostgreSQL on every
 * notification, on reconnection, and by a slow poll beside them, since a notification sent while
 * nobody listens is lost. PostgreSQL being away, and settings that don't compile, keep what is
 * there.
 */
public final class SettingsLoader {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsLoader.class);
  private static final String CHANNEL = "copyloop_settings";
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);
  private static final int MAX_DOUBLINGS = 5;
  private static final int CONNECT_MILLIS = 2_000;
  private static final String VERSION = "select version from settings_version";
  private static final String DOCUMENTS =
      "select s.document::text as settings, c.document::text as credentials"
          + " from settings_document s, credentials_document c";

  private final Vertx vertx;
  private final Database database;
  private final SecretBox secrets;
  private final SnapshotFile file;
  private final Duration pollInterval;
  private final CurrentSettings current;
  private final ServingMetrics metrics;
  private final Pool pool;
  private final PgSubscriber subscriber;
  private final AtomicBoolean loading = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean reachable = true;
  private volatile boolean migrated;
  private volatile boolean closed;
  private volatile long refusedVersion = -1;

  public SettingsLoader(
      Vertx vertx,
      Database database,
      SecretBox secrets,
      Path snapshotFile,
      Duration pollInterval,
      CurrentSettings current,
      ServingMetrics metrics) {
    this.vertx = vertx;
    this.database = database;
    this.secrets = secrets;
    this.file = new SnapshotFile(snapshotFile);
    this.pollInterval = pollInterval;
    this.current = current;
    this.metrics = metrics;
    this.pool = pool(vertx, database);
    this.subscriber = PgSubscriber.subscriber(vertx, database.connectOptions());
  }

  private static Pool pool(Vertx vertx, Database database) {
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(4)
            .setMaxWaitQueueSize(100)
            .setConnectionTimeout(5)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS)
            .setMaxLifetime(30)
            .setMaxLifetimeUnit(TimeUnit.MINUTES);
    return PgBuilder.pool()
        .with(options)
        .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connectingTo(database.connectOptions())
        .using(vertx)
        .build();
  }

  /** What secrets are sealed with. */
  public SecretBox secrets() {
    return secrets;
  }

  /** The connections that the admin API writes through. */
  public Pool pool() {
    return pool;
  }

  /** Reads the file, then goes on from PostgreSQL in the background. Blocks for the file. */
  public void start() {
    readFile();
    subscriber.channel(CHANNEL).subscribeHandler(subscribed -> load());
    subscriber.channel(CHANNEL).handler(version -> load());
    subscriber.reconnectPolicy(SettingsLoader::retryDelay);
    connect(0);
    vertx.setPeriodic(pollInterval.toMillis(), id -> poll());
  }

  private void readFile() {
    try {
      Optional<SettingsDocuments> documents = file.read();
      if (documents.isPresent()) {
        Snapshot snapshot = documents.get().compile(secrets, Optional.empty());
        current.replace(snapshot);
        LOG.info("Serving by version {} of the settings from the file", snapshot.version());
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot take the settings from the file: waiting for PostgreSQL", e);
    }
  }

  private void connect(int attempt) {
    if (closed) {
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              database.migrate(secrets);
              return null;
            })
        .compose(
            done -> {
              migrated = true;
              return load();
            })
        .compose(loaded -> subscriber.connect())
        .onFailure(
            failure -> {
              unreachable(failure);
              vertx.setTimer(retryDelay(attempt), id -> connect(attempt + 1));
            });
  }

  private static long retryDelay(int attempt) {
    return Math.min(
        LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(MAX_DOUBLINGS, attempt));
  }

  private void poll() {
    if (migrated) {
      pool.query(VERSION)
          .execute()
          .onFailure(this::unreachable)
          .onSuccess(
              rows -> {
                long version = rows.iterator().next().getLong(0);
                if (version != refusedVersion && version != currentVersion()) {
                  load();
                }
              });
    }
  }

  private long currentVersion() {
    return current.snapshot().map(Snapshot::version).orElse(-1L);
  }

  /** Loads now; a call while one is under way makes it run once more. */
  private Future<Void> load() {
    if (closed) {
      return Future.succeededFuture();
    }
    if (!loading.compareAndSet(false, true)) {
      again.set(true);
      return Future.succeededFuture();
    }
    return pool.query(DOCUMENTS)
        .execute()
        .compose(rows -> vertx.<Void>executeBlocking(() -> apply(rows.iterator().next())))
        .onFailure(this::unreachable)
        .eventually(this::finished);
  }

  private Future<Void> finished() {
    loading.set(false);
    return again.compareAndSet(true, false) ? load() : Future.succeededFuture();
  }

  private Void apply(Row row) {
    SettingsDocuments documents =
        new SettingsDocuments(row.getString("settings"), row.getString("credentials"));
    if (!reachable) {
      LOG.info("PostgreSQL at {} answers again", database);
      reachable = true;
    }
    try {
      current.replace(documents.compile(secrets, current.snapshot()));
      metrics.settingsLoaded(LoadResult.LOADED);
      write(documents);
    } catch (IOException | RuntimeException e) {
      refused(documents, e);
    }
    return null;
  }

  private void write(SettingsDocuments documents) {
    try {
      file.write(documents);
    } catch (IOException e) {
      LOG.error("Cannot write the settings file: a start without PostgreSQL would be older", e);
    }
  }

  private void refused(SettingsDocuments documents, Exception failure) {
    metrics.settingsLoaded(LoadResult.INVALID);
    refusedVersion = documents.version();
    LOG.error(
        "Cannot use version {} of the settings: still serving by version {}",
        refusedVersion,
        currentVersion(),
        failure);
  }

  private void unreachable(Throwable failure) {
    metrics.settingsLoaded(LoadResult.UNREACHABLE);
    if (reachable && !closed) {
      reachable = false;
      LOG.warn(
          "Cannot reach PostgreSQL at {}: serving by version {} of the settings: {}",
          database,
          currentVersion(),
          failure.toString());
    }
  }

  /** Stops. The listening connection first, or it would reconnect for ever. */
  public Future<Void> close() {
    closed = true;
    return subscriber.close().transform(done -> pool.close());
  }
}
