package dev.copyloop.serving.settings;

import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.secrets.SecretBox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps {@link CurrentSettings} current: from the file at start, then from PostgreSQL on every
 * notification, on reconnection, and by a poll beside them, since a notification sent while nobody
 * listens is lost.
 *
 * <p>One connection listens, polls and loads, so that the poll also keeps it alive: where nothing
 * comes back on it for a while, it is half-open, and is replaced. Confined to one context.
 */
public final class SettingsLoader {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final int MAX_DOUBLINGS = 3;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** A connection that leaves the poll without an answer for this long is half-open. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Duration ADMIN_SILENCE = Duration.ofSeconds(30);
  private static final int ADMIN_CONNECTIONS = 4;

  private static final String LISTEN = "listen copyloop_settings";
  private static final String VERSION = "select version from settings_version";
  private static final String DOCUMENTS =
      "select s.document::text as settings, c.document::text as credentials"
          + " from settings_document s, credentials_document c";

  private final Vertx vertx;
  private final Database database;
  private final SecretBox secrets;
  private final SettingsIntake intake;
  private final Duration pollInterval;
  private final Pool adminPool;
  private volatile Pool watchPool;
  private PgConnection connection;
  private boolean loading;
  private boolean again;
  private boolean migrated;
  private volatile boolean closed;

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
    this.intake =
        new SettingsIntake(
            secrets, new SnapshotFile(snapshotFile), current, metrics, database.toString());
    this.pollInterval = pollInterval;
    this.adminPool = database.pool(vertx, ADMIN_CONNECTIONS, ADMIN_SILENCE);
    this.watchPool = watchPool();
  }

  private Pool watchPool() {
    return database.pool(vertx, 1, pollInterval.plus(SILENCE));
  }

  /** What secrets are sealed with. */
  public SecretBox secrets() {
    return secrets;
  }

  /** The connections that the admin API writes through. */
  public Pool pool() {
    return adminPool;
  }

  /** Reads the file, then goes on from PostgreSQL in the background. Blocks for the file. */
  public void start() {
    intake.takeOfFile();
    vertx
        .getOrCreateContext()
        .runOnContext(
            started -> {
              connect(0);
              vertx.setPeriodic(pollInterval.toMillis(), id -> poll());
            });
  }

  private void connect(int attempt) {
    if (closed) {
      return;
    }
    migrated()
        .compose(done -> opened())
        .compose(this::watch)
        .onFailure(
            failure -> {
              unreachable(failure);
              abandonPool();
              vertx.setTimer(retryDelay(attempt), id -> connect(attempt + 1));
            });
  }

  private Future<Void> migrated() {
    if (migrated) {
      return Future.succeededFuture();
    }
    return vertx.executeBlocking(
        () -> {
          database.migrate(secrets);
          migrated = true;
          return null;
        });
  }

  /** A connection, or a failure soon: one that comes too late is given back. */
  private Future<SqlConnection> opened() {
    Future<SqlConnection> opening = watchPool.getConnection();
    Future<SqlConnection> opened =
        opening.timeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    opened.onFailure(failure -> opening.onSuccess(SqlConnection::close));
    return opened;
  }

  private Future<Void> watch(SqlConnection opened) {
    PgConnection watched = PgConnection.cast(opened);
    watched.closeHandler(ended -> lost(watched, new IOException("the connection ended")));
    watched.notificationHandler(version -> load());
    return watched
        .query(LISTEN)
        .execute()
        .timeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            listening -> {
              connection = watched;
              // The poll tries again what fails while the connection lives.
              return load().otherwiseEmpty();
            });
  }

  private void lost(PgConnection ended, Throwable cause) {
    if (connection == ended) {
      connection = null;
      loading = false;
      again = false;
      unreachable(cause);
      abandonPool();
      vertx.setTimer(FIRST_RETRY.toMillis(), id -> connect(0));
    }
  }

  /** The client ends a connection in order only, which one that is half-open never does. */
  private void abandonPool() {
    if (!closed) {
      watchPool.close();
      watchPool = watchPool();
    }
  }

  private static long retryDelay(int attempt) {
    return FIRST_RETRY.toMillis() << Math.min(MAX_DOUBLINGS, attempt);
  }

  private void poll() {
    PgConnection polled = connection;
    if (polled == null) {
      return;
    }
    polled
        .query(VERSION)
        .execute()
        .timeout(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> lost(polled, failure))
        .onSuccess(
            rows -> {
              long version = rows.iterator().next().getLong(0);
              if (intake.isNew(version)) {
                load();
              }
            });
  }

  /** Loads now; a call while one is under way makes it run once more. */
  private Future<Void> load() {
    if (closed || connection == null) {
      return Future.succeededFuture();
    }
    if (loading) {
      again = true;
      return Future.succeededFuture();
    }
    loading = true;
    return connection
        .query(DOCUMENTS)
        .execute()
        .compose(rows -> vertx.<Void>executeBlocking(() -> take(rows.iterator().next())))
        .onFailure(this::unreachable)
        .eventually(this::finished);
  }

  private Future<Void> finished() {
    loading = false;
    boolean repeat = again;
    again = false;
    return repeat ? load() : Future.succeededFuture();
  }

  private Void take(Row row) {
    intake.take(
        new SettingsDocuments(
            row.getString("settings").getBytes(StandardCharsets.UTF_8),
            row.getString("credentials")));
    return null;
  }

  private void unreachable(Throwable failure) {
    if (!closed) {
      intake.unreachable(failure);
    }
  }

  /** Stops. */
  public Future<Void> close() {
    closed = true;
    return watchPool.close().transform(done -> adminPool.close());
  }
}
