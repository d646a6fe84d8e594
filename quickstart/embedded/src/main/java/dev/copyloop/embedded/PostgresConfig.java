package dev.copyloop.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What an embedded PostgreSQL needs.
 *
 * @param dataDirectory kept; created on the first start
 * @param binaries where the server's programs are unpacked; shared by servers of one release
 * @param port 0: any free one
 * @param startTimeout how long a start may take, recovery after a crash included
 */
public record PostgresConfig(Path dataDirectory, Path binaries, int port, Duration startTimeout) {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  public PostgresConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Invalid port %d: expected 0 to 65535".formatted(port));
    }
  }

  /** With the programs below the system's temporary directory. */
  public static PostgresConfig of(Path dataDirectory, int port) {
    Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "copyloop-postgres");
    return new PostgresConfig(dataDirectory, binaries, port, START_TIMEOUT);
  }

  /** The same with the programs unpacked elsewhere. */
  public PostgresConfig withBinaries(Path directory) {
    return new PostgresConfig(dataDirectory, directory, port, startTimeout);
  }
}
