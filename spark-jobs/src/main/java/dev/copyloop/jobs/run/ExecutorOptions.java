package dev.copyloop.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * How the JVMs of executors collect and compile: as {@code java.args} says for the night's own.
 * What else is in there Spark gives them itself.
 */
final class ExecutorOptions {
  private static final String FILE = "java.args";

  private ExecutorOptions() {}

  /** The options in one line, as {@code spark.executor.extraJavaOptions} has them. */
  static String line() {
    try (InputStream in = ExecutorOptions.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("-XX:"))
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE + " of these jars", e);
    }
  }
}
