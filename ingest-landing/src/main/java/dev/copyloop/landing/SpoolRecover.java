package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolInUseException;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.landing.store.S3StoreConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Uploads what a spool holds whose process is gone for good: {@code spool recover}. The spool keeps
 * its writer, so whatever was uploaded before is met under its own keys.
 */
public final class SpoolRecover {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE_ERROR = 2;
  private static final int BUSY = 75;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 100;
  private static final String USAGE =
      """
      Usage: spool recover --config FILE --spool DIRECTORY [--timeout DURATION]

      Uploads what is left in the spool of a process that will not come back.

        --config FILE      the properties of serving: the keys landing.store.* are read
        --spool DIRECTORY  the spool; a process that still uses it is an error
        --timeout DURATION how long to try, 10m by default

      Exit codes: 0 all of it is in object storage, 1 it is not, 2 wrong usage, 75 a process has the spool.
      """;

  private final PrintStream out;

  SpoolRecover(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new SpoolRecover(System.out).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return DONE;
    }
    try {
      Map<String, String> options = options(arguments);
      return recover(
          Path.of(options.get("--spool")),
          S3StoreConfig.read(ConfigReader.ofFile(Path.of(options.get("--config")))),
          timeout(options));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      out.print(USAGE);
      return USAGE_ERROR;
    } catch (SpoolInUseException e) {
      out.println(e.getMessage());
      return BUSY;
    } catch (IOException e) {
      out.println(e.getMessage());
      return FAILED;
    }
  }

  private static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!List.of("--config", "--spool", "--timeout").contains(name)
          || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Invalid argument " + name);
      }
      options.put(name, arguments.get(i + 1));
    }
    for (String name : List.of("--config", "--spool")) {
      if (!options.containsKey(name)) {
        throw new IllegalArgumentException("Missing argument " + name);
      }
    }
    return options;
  }

  private static Duration timeout(Map<String, String> options) {
    Map<String, String> given =
        options.containsKey("--timeout") ? Map.of("timeout", options.get("--timeout")) : Map.of();
    return ConfigReader.of(given, Map.of()).duration("timeout", TIMEOUT);
  }

  private int recover(Path spool, S3StoreConfig storeConfig, Duration timeout) throws IOException {
    if (!SpoolDirectory.isSpool(spool)) {
      throw new IllegalArgumentException("There is no spool in " + spool);
    }
    try (ObjectStore store = S3ObjectStore.open(storeConfig);
        Landing landing = SpoolLanding.open(config(spool), store, LandingMetrics.NONE)) {
      return awaitUploads(landing, timeout);
    }
  }

  private int awaitUploads(Landing landing, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    LandingState state = landing.state();
    out.printf("%d segments, %d bytes to upload%n", state.pendingSegments(), state.pendingBytes());
    while (state.pendingSegments() > state.conflicts() && System.nanoTime() < deadline) {
      pause();
      int before = state.pendingSegments();
      state = landing.state();
      if (state.pendingSegments() != before) {
        out.printf("%d segments left%n", state.pendingSegments());
      }
    }
    if (state.conflicts() > 0) {
      out.printf(
          "%d segments meet other content under their keys: see the runbook%n", state.conflicts());
    }
    if (state.pendingSegments() > 0) {
      out.println("Not all of the spool is in object storage: run this again" + problem(state));
      return FAILED;
    }
    out.println("All of the spool is in object storage; its directory may be deleted");
    return DONE;
  }

  private static String problem(LandingState state) {
    return state.problem().map(text -> "; the last problem was " + text).orElse("");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what is there, wherever it lies; nothing new is landed. */
  private static LandingConfig config(Path spool) {
    Map<String, String> settings =
        Map.of(
            "landing.spool.directory", spool.toString(),
            "landing.spool.allow-volatile", "true",
            "landing.segment.retention", "3650d",
            "landing.drain.grace", "0s");
    return LandingConfig.read(ConfigReader.of(settings, Map.of()));
  }
}
