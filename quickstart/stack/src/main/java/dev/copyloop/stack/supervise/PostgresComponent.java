package dev.copyloop.stack.supervise;

import dev.copyloop.embedded.EmbeddedPostgres;
import dev.copyloop.embedded.PostgresConfig;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import java.io.IOException;

/** PostgreSQL. */
final class PostgresComponent implements Component {
  private final PostgresConfig config;
  private EmbeddedPostgres server;

  PostgresComponent(StackHome home, StackSettings settings) {
    this.config =
        PostgresConfig.of(home.postgresData(), settings.postgresPort())
            .withBinaries(home.binaries());
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int port() {
    return config.port();
  }

  @Override
  public synchronized ProcessHandle launch() throws IOException {
    stop();
    server = EmbeddedPostgres.start(config);
    return server.process();
  }

  @Override
  public void awaitReady() {
    // The launch returns when it answers.
  }

  @Override
  public synchronized void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
