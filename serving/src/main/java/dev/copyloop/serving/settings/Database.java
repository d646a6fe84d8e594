package dev.copyloop.serving.settings;

import dev.copyloop.events.config.PercentEncoding;
import dev.copyloop.serving.secrets.SecretBox;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/**
 * Where PostgreSQL is. Its text hides the password.
 *
 * @param host without port
 * @param password empty text for none
 */
public record Database(String host, int port, String name, String user, String password) {
  /** The schema that serving owns. */
  public static final String SCHEMA = "copyloop";

  private static final String MIGRATIONS = "classpath:dev/copyloop/serving/migrations";
  private static final int DEFAULT_PORT = 5432;
  private static final int CONNECT_SECONDS = 2;

  /** One statement of a migration takes less; a connection that is silent for longer has gone. */
  private static final int MIGRATION_SECONDS = 60;

  /**
   * Reads {@code postgresql://user:password@host:port/database}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Database parse(String url) {
    URI uri = URI.create(url);
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new IllegalArgumentException("expected postgresql://user:password@host:port/database");
    }
    String[] user = Optional.ofNullable(uri.getRawUserInfo()).orElse("postgres").split(":", 2);
    return new Database(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        uri.getPath().substring(1),
        PercentEncoding.decoded(user[0]),
        user.length == 2 ? PercentEncoding.decoded(user[1]) : "");
  }

  /** How Vert.x connects. */
  public PgConnectOptions connectOptions() {
    PgConnectOptions options = new PgConnectOptions();
    options
        .setHost(host)
        .setPort(port)
        .setDatabase(name)
        .setUser(user)
        .setPassword(password)
        .setCachePreparedStatements(true)
        .addProperty("search_path", SCHEMA)
        .addProperty("application_name", "copyloop-serving");
    return options;
  }

  /**
   * Connections to it; one on which nothing comes for {@code silence} is closed, whether it is idle
   * or the other end has gone without a word.
   */
  Pool pool(Vertx vertx, int size, Duration silence) {
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(size)
            .setMaxWaitQueueSize(100)
            .setConnectionTimeout(5)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS)
            .setMaxLifetime(30)
            .setMaxLifetimeUnit(TimeUnit.MINUTES);
    NetClientOptions network = new NetClientOptions();
    network.setConnectTimeout(CONNECT_SECONDS * 1_000);
    network.setTcpKeepAlive(true);
    network.setReadIdleTimeout((int) silence.toMillis());
    network.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgBuilder.pool()
        .with(options)
        .with(network)
        .connectingTo(connectOptions())
        .using(vertx)
        .build();
  }

  /** How JDBC connects. */
  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?connectTimeout=%d&loginTimeout=%d&socketTimeout=%d&ApplicationName=copyloop"
        .formatted(host, port, name, CONNECT_SECONDS, CONNECT_SECONDS, MIGRATION_SECONDS);
  }

  /** Brings the schema to this release's version. Blocks. */
  void migrate(SecretBox secrets) {
    Flyway.configure()
        .dataSource(jdbcUrl(), user, password)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations(MIGRATIONS)
        .javaMigrations(new SealSigningKeys(secrets))
        .load()
        .migrate();
  }

  @Override
  public String toString() {
    return "postgresql://" + host + ":" + port + "/" + name;
  }
}
