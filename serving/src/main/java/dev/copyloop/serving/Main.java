package dev.copyloop.serving;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.Landing;
import dev.copyloop.landing.LandingOpener;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.landing.store.S3StoreConfig;
import dev.copyloop.serving.observe.ServingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the serving tier: {@code Main --config FILE}. SIGTERM drains it; it then exits with 0. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int USAGE = 2;

  private Main() {}

  /** Starts, and returns when it listens. */
  public static void main(String[] args) {
    if (args.length != 2 || !"--config".equals(args[0])) {
      System.err.println("Usage: Main --config FILE");
      System.exit(USAGE);
    }
    try {
      run(Path.of(args[1]));
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot start", e);
      System.err.println("Cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path file) throws IOException {
    ConfigReader reader = ConfigReader.ofFile(file);
    ServingConfig config = ServingConfig.read(reader);
    LandingOpener opener = LandingOpener.read(reader);
    S3StoreConfig storeConfig = S3StoreConfig.read(reader);
    reader.rejectUnknown();
    ServingMetrics metrics = new ServingMetrics();
    ObjectStore store = S3ObjectStore.open(storeConfig);
    Landing landing = opener.open(store, metrics);
    Server server = Server.start(config, landing, metrics);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, landing, store), "drain"));
    System.out.println("copyloop-serving listens on " + config.host() + ":" + server.port());
  }

  private static void stop(Server server, Landing landing, ObjectStore store) {
    server.close();
    landing.close();
    store.close();
    LOG.info("Drained");
    // A JVM that ends by a signal says 143; everything is in its place, so this end says 0.
    Runtime.getRuntime().halt(0);
  }
}
