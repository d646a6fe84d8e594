package dev.copyloop.stack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that holds all of one local stack's state, and where what lies in it.
 *
 * @param root the stack's own folder
 * @param binaries PostgreSQL's programs, shared by the stacks of one checkout
 */
public record StackHome(Path root, Path binaries) {

  /** The stack that {@code up} runs. */
  public static StackHome of(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return new StackHome(root, root.resolve("postgres-programs"));
  }

  /** The stack of its own that a demo runs, so that it never mixes with other data. */
  public StackHome demo() {
    return new StackHome(root.resolve("demo"), binaries);
  }

  public Path postgresData() {
    return root.resolve("postgres");
  }

  public Path storageFolder() {
    return root.resolve("storage");
  }

  /** What serving acknowledged and has not yet brought to storage. */
  public Path spool() {
    return root.resolve("spool");
  }

  /** The settings as serving knew them last. */
  public Path settingsSnapshot() {
    return root.resolve("settings-snapshot.json");
  }

  public Path servingProperties() {
    return root.resolve("serving.properties");
  }

  public Path localEnvironment() {
    return root.resolve("local.env");
  }

  /** A component's output. */
  public Path log(String component) {
    return root.resolve("logs").resolve(component + ".log");
  }

  Path settings() {
    return root.resolve("stack.properties");
  }

  public Path state() {
    return root.resolve("state.json");
  }

  public Path lock() {
    return root.resolve("lock");
  }

  /** Creates the folders. */
  public StackHome create() throws IOException {
    for (Path folder : List.of(root, binaries, storageFolder(), spool(), root.resolve("logs"))) {
      Files.createDirectories(folder);
    }
    return this;
  }

  /** Removes everything below the root. */
  public void delete() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      paths.sorted(Comparator.reverseOrder()).forEach(StackHome::deleteOne);
    } catch (UncheckedIOException e) {
      throw new IOException("Cannot remove the old state in " + root, e.getCause());
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
