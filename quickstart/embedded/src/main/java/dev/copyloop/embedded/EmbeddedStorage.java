package dev.copyloop.embedded;

import dev.copyloop.embedded.storage.StorageMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real S3 server on a folder, in a child process: conditional creates are atomic, but it syncs
 * nothing by itself. Closing stops it. Thread-safe.
 */
public final class EmbeddedStorage implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final S3Server server;

  private EmbeddedStorage(Process process, S3Server server) {
    this.process = process;
    this.server = server;
  }

  /** Starts a server that dies with this process, on a free port. */
  public static EmbeddedStorage start(Path folder) throws IOException {
    return start(StorageConfig.of(folder));
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws IOException if it can't start; its own words are on this process's standard error
   */
  public static EmbeddedStorage start(StorageConfig config) throws IOException {
    Process process =
        StorageProcess.of(config).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith(StorageMain.READY)) {
      process.destroyForcibly();
      throw new IOException("Cannot start the S3 server on " + config.folder());
    }
    String endpoint = line.substring(StorageMain.READY.length());
    return new EmbeddedStorage(
        process, new S3Server(endpoint, REGION, config.accessKey(), config.secretKey()));
  }

  /** How to reach it. */
  public S3Server server() {
    return server;
  }

  public String endpoint() {
    return server.endpoint();
  }

  public String accessKey() {
    return server.accessKey();
  }

  public String secretKey() {
    return server.secretKey();
  }

  public String region() {
    return server.region();
  }

  /** Creates the bucket if it does not exist. */
  public void createBucket(String name) {
    server.createBucket(name);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
