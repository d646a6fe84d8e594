package dev.copyloop.serving.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Where a keyset's text comes from: {@code file:PATH} or a plain path, {@code env:NAME}, or {@code
 * command:PROGRAM ARGUMENT …}, whose standard output it is. By a command any key management service
 * can decrypt it, without its client among our dependencies. Its text tells where, never what.
 */
public sealed interface KeysetSource {
  /**
   * The keyset as JSON.
   *
   * @throws IOException if it can't be had
   */
  String read() throws IOException;

  /**
   * The source of that name.
   *
   * @throws IllegalArgumentException if there is nothing behind the colon
   */
  static KeysetSource parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1).strip();
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("There is nothing behind the colon of " + text);
    }
    return switch (kind) {
      case "file" -> new InFile(Path.of(rest));
      case "env" -> new InEnvironment(rest);
      case "command" -> new OfCommand(List.of(rest.split("\\s+")));
      default -> new InFile(Path.of(text));
    };
  }

  /** A file of its own. */
  record InFile(Path file) implements KeysetSource {
    @Override
    public String read() throws IOException {
      return Files.readString(file);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** A variable of the process's environment. */
  record InEnvironment(String name) implements KeysetSource {
    @Override
    public String read() throws IOException {
      String value = System.getenv(name);
      if (value == null) {
        throw new IOException("The environment has no variable " + name);
      }
      return value;
    }

    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /** The standard output of a program; without a shell, arguments are split at spaces. */
  record OfCommand(List<String> command) implements KeysetSource {
    private static final int SECONDS = 30;

    public OfCommand {
      command = List.copyOf(command);
    }

    @Override
    public String read() throws IOException {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try {
        process.getOutputStream().close();
        // A keyset is smaller than a pipe's buffer: the program does not wait for its reader.
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          throw new IOException(command.get(0) + " does not end within " + SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          throw new IOException(command.get(0) + " ended with " + process.exitValue());
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while waiting for " + command.get(0), e);
      } finally {
        process.destroyForcibly();
      }
    }

    @Override
    public String toString() {
      return "command:" + command.get(0);
    }
  }
}
