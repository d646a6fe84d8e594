package dev.copyloop.embedded;

import dev.copyloop.embedded.storage.StorageMain;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command of the S3 server's process, which has a class path of its own. */
public final class StorageProcess {
  /** System property: the folder with the S3 server's libraries, if not beside this module. */
  public static final String LIBRARIES = "copyloop.storage.lib";

  private StorageProcess() {}

  /** A process that is ready to start; its output is the caller's to place. */
  public static ProcessBuilder of(StorageConfig config) {
    Path code = codeSource();
    ProcessBuilder process = new ProcessBuilder(command(code, config));
    process
        .environment()
        .putAll(
            Map.of(
                StorageMain.FOLDER, config.folder().toAbsolutePath().toString(),
                StorageMain.PORT, Integer.toString(config.port()),
                StorageMain.ACCESS_KEY, config.accessKey(),
                StorageMain.SECRET_KEY, config.secretKey(),
                StorageMain.LIFETIME, config.lifetime().name()));
    return process;
  }

  private static List<String> command(Path code, StorageConfig config) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + config.heapMebibytes() + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dlogback.configurationFile=storage-logback.xml",
        "-cp",
        code + File.pathSeparator + libraries() + File.separator + "*",
        StorageMain.class.getName());
  }

  /**
   * The folder with the S3 server's libraries.
   *
   * @throws IllegalStateException if it is missing
   */
  public static Path libraries() {
    String configured = System.getProperty(LIBRARIES);
    Path folder =
        configured == null ? codeSource().resolveSibling("storage-lib") : Path.of(configured);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "Cannot find the S3 server's libraries in %s: build quickstart/embedded, or set -D%s"
              .formatted(folder, LIBRARIES));
    }
    return folder;
  }

  private static Path codeSource() {
    try {
      return Path.of(
          StorageProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find this module's own classes", e);
    }
  }
}
