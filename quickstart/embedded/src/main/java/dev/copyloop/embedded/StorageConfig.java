package dev.copyloop.embedded;

import dev.copyloop.embedded.storage.Lifetime;
import java.nio.file.Path;

/**
 * What an embedded S3 server needs.
 *
 * @param folder a bucket is a folder below it, an object a file
 * @param port 0: any free one
 * @param heapMebibytes the child's largest heap
 */
public record StorageConfig(
    Path folder,
    int port,
    String accessKey,
    String secretKey,
    Lifetime lifetime,
    int heapMebibytes) {

  private static final int HEAP_MEBIBYTES = 512;

  public StorageConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Invalid port %d: expected 0 to 65535".formatted(port));
    }
  }

  /** A server that dies with this process, on a free port, with keys that are no secret. */
  public static StorageConfig of(Path folder) {
    return new StorageConfig(
        folder, 0, "embedded", "embedded-secret", Lifetime.PARENT, HEAP_MEBIBYTES);
  }

  @Override
  public String toString() {
    return "StorageConfig[folder=%s, port=%d, lifetime=%s]".formatted(folder, port, lifetime);
  }
}
