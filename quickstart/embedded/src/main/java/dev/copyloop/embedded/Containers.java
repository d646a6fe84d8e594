package dev.copyloop.embedded;

import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The real parts as containers, where an engine answers and has the image: never a pull. */
final class Containers {
  static final String POSTGRES_IMAGE = "copyloop.test.postgres.image";
  static final String STORAGE_IMAGE = "copyloop.test.storage.image";

  private static final String LOGIN = "postgres";
  private static final String KEY = "embedded";
  private static final String SECRET = "embedded-secret";

  private Containers() {}

  static Optional<PostgresDatabase> postgres() {
    return started(
            System.getProperty(POSTGRES_IMAGE, "postgres:18"),
            container ->
                container
                    .withEnv("POSTGRES_PASSWORD", LOGIN)
                    .withExposedPorts(5432)
                    .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\s", 2)))
        .map(
            container ->
                new PostgresDatabase(
                    container.getHost(), container.getMappedPort(5432), LOGIN, LOGIN, LOGIN));
  }

  static Optional<S3Server> storage() {
    return started(
            System.getProperty(STORAGE_IMAGE, "minio/minio"),
            container ->
                container
                    .withEnv(Map.of("MINIO_ROOT_USER", KEY, "MINIO_ROOT_PASSWORD", SECRET))
                    .withCommand("server", "/data")
                    .withExposedPorts(9000)
                    .waitingFor(Wait.forHttp("/minio/health/live").forPort(9000)))
        .map(
            container ->
                new S3Server(
                    "http://%s:%d".formatted(container.getHost(), container.getMappedPort(9000)),
                    "us-east-1",
                    KEY,
                    SECRET));
  }

  private interface Preparation {
    GenericContainer<?> apply(GenericContainer<?> container);
  }

  private static Optional<GenericContainer<?>> started(String image, Preparation preparation) {
    if (!engineAnswers() || !present(image)) {
      return Optional.empty();
    }
    GenericContainer<?> container =
        preparation.apply(new GenericContainer<>(DockerImageName.parse(image)));
    container.start();
    return Optional.of(container);
  }

  /** Asks the engine only if there can be one: the question alone takes seconds. */
  private static boolean engineAnswers() {
    boolean possible =
        System.getenv("DOCKER_HOST") != null
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    return possible && DockerClientFactory.instance().isDockerAvailable();
  }

  private static boolean present(String image) {
    try {
      DockerClientFactory.instance().client().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
