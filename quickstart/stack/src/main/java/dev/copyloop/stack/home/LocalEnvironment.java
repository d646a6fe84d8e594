package dev.copyloop.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The file {@code local.env}: what a client of the local stack needs, {@code NAME=value} each. */
public final class LocalEnvironment {
  private LocalEnvironment() {}

  /** Writes the file for its owner only: two of the values are secret. */
  public static void write(StackHome home, StackSettings settings) throws IOException {
    PrivateFile.write(
        home.localEnvironment(),
        settings.environment().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  /** Reads the file; empty if the stack was never started. */
  public static Map<String, String> read(StackHome home) throws IOException {
    Path file = home.localEnvironment();
    Map<String, String> environment = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return environment;
  }
}
