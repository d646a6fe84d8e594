package dev.copyloop.serving;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Lets the system calls of a process fail that write below a folder: a small library that is
 * compiled here and preloaded there.
 */
record DiskFaults(Path library, Path folder) {
  /** What the disk does. */
  enum Fault {
    SYNC_EIO,
    WRITE_ENOSPC
  }

  /** Compiles the library; skips the test where there is no C compiler, or no preloading. */
  static DiskFaults of(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && succeeds("cc", "--version"),
        "needs Linux and a C compiler to make system calls fail");
    Path real = Files.createDirectories(folder).toRealPath();
    Path source = real.resolveSibling("disk-faults.c");
    Path library = real.resolveSibling("disk-faults.so");
    try (InputStream text = DiskFaults.class.getResourceAsStream("disk-faults.c")) {
      Files.copy(text, source);
    }
    if (!succeeds("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")) {
      throw new AssertionError("Cannot compile " + source);
    }
    return new DiskFaults(library, real);
  }

  /** Whether a program is there and ends with 0. */
  static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What a process needs to meet the faults. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "DISK_FAULTS_FOLDER", folder.toString());
  }

  void begin(Fault fault) throws IOException {
    Files.createFile(mark(fault));
  }

  void end(Fault fault) throws IOException {
    Files.delete(mark(fault));
  }

  private Path mark(Fault fault) {
    String name = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return folder.resolveSibling(folder.getFileName() + "." + name);
  }
}
