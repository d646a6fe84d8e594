package dev.copyloop.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real parts that tests run against, one of each per JVM; a test takes a database or bucket of
 * its own. Which part: the one that the environment names, else a container if an engine answers
 * and already has the image, else an embedded one. Thread-safe.
 *
 * <ul>
 *   <li>{@code COPYLOOP_TEST_PG_URL}: {@code postgresql://user:password@host:port/database}
 *   <li>{@code COPYLOOP_TEST_S3_ENDPOINT}, with {@code AWS_ACCESS_KEY_ID}, {@code
 *       AWS_SECRET_ACCESS_KEY}, {@code AWS_REGION}
 *   <li>the images: system properties {@link Containers#POSTGRES_IMAGE}, {@link
 *       Containers#STORAGE_IMAGE}
 * </ul>
 */
public final class Fixtures {
  private Fixtures() {}

  /** The server's own database; take {@link PostgresDatabase#newDatabase()} from it. */
  public static PostgresDatabase postgres() {
    return Postgres.SHARED;
  }

  /** The server; take {@link S3Server#newBucket()} from it. */
  public static S3Server storage() {
    return Storage.SHARED;
  }

  private static final class Postgres {
    static final PostgresDatabase SHARED =
        configuredPostgres().or(Containers::postgres).orElseGet(Fixtures::embeddedPostgres);

    static {
      System.out.println("PostgreSQL of these tests: " + SHARED);
    }
  }

  private static final class Storage {
    static final S3Server SHARED =
        configuredStorage().or(Containers::storage).orElseGet(Fixtures::embeddedStorage);

    static {
      System.out.println("S3 server of these tests: " + SHARED);
    }
  }

  private static Optional<PostgresDatabase> configuredPostgres() {
    return Optional.ofNullable(System.getenv("COPYLOOP_TEST_PG_URL")).map(PostgresDatabase::parse);
  }

  private static Optional<S3Server> configuredStorage() {
    return Optional.ofNullable(System.getenv("COPYLOOP_TEST_S3_ENDPOINT"))
        .map(
            endpoint ->
                new S3Server(
                    endpoint,
                    System.getenv().getOrDefault("AWS_REGION", "us-east-1"),
                    System.getenv("AWS_ACCESS_KEY_ID"),
                    System.getenv("AWS_SECRET_ACCESS_KEY")));
  }

  private static PostgresDatabase embeddedPostgres() {
    try {
      Path folder = temporaryFolder("postgres");
      EmbeddedPostgres server = EmbeddedPostgres.start(PostgresConfig.of(folder, 0));
      atExit(List.of(server), folder);
      return server.database();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot start the embedded PostgreSQL", e);
    }
  }

  private static S3Server embeddedStorage() {
    try {
      Path folder = temporaryFolder("storage");
      EmbeddedStorage server = EmbeddedStorage.start(folder);
      atExit(List.of(server), folder);
      return server.server();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot start the embedded S3 server", e);
    }
  }

  /** An empty folder of the caller's own, deleted when the JVM ends. */
  public static Path folder(String name) throws IOException {
    Path folder = temporaryFolder(name);
    atExit(List.of(), folder);
    return folder;
  }

  private static Path temporaryFolder(String name) throws IOException {
    return Files.createTempDirectory("copyloop-" + name + "-");
  }

  private static void atExit(List<AutoCloseable> servers, Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    for (AutoCloseable server : servers) {
                      server.close();
                    }
                    delete(folder);
                  } catch (Exception e) {
                    System.err.println("Cannot clean up " + folder + ": " + e);
                  }
                }));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
