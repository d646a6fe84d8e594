package dev.copyloop.stack.supervise;

import dev.copyloop.embedded.S3Server;
import dev.copyloop.embedded.StorageConfig;
import dev.copyloop.embedded.StorageProcess;
import dev.copyloop.embedded.storage.Lifetime;
import dev.copyloop.stack.home.PrivateFile;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** What the local stack consists of. */
final class Components {
  private static final int STORAGE_HEAP_MEBIBYTES = 512;
  private static final Duration STORAGE_GRACE = Duration.ofSeconds(10);

  /** More than serving's own grace for its last uploads. */
  private static final Duration SERVING_GRACE = Duration.ofSeconds(40);

  private static final String SERVING = "dev.copyloop.serving.Main";

  private Components() {}

  static Component storage(StackHome home, StackSettings settings) {
    StorageConfig config =
        new StorageConfig(
            home.storageFolder(),
            settings.storagePort(),
            settings.accessKey(),
            settings.secretKey(),
            Lifetime.OWN,
            STORAGE_HEAP_MEBIBYTES);
    S3Server server =
        new S3Server(
            settings.storageEndpoint(),
            StackSettings.REGION,
            settings.accessKey(),
            settings.secretKey());
    return new JavaComponent(
        "storage",
        settings.storagePort(),
        StorageProcess.of(config),
        home.log("storage"),
        // Without a signature it refuses: also an answer.
        new HttpProbe(URI.create(settings.storageEndpoint()), status -> status < 500),
        () -> server.createBucket(StackSettings.BUCKET),
        STORAGE_GRACE);
  }

  static Component serving(StackHome home, StackSettings settings, Installation installation)
      throws IOException {
    PrivateFile.write(home.servingProperties(), servingProperties(home, settings));
    List<String> command =
        installation.serving(SERVING, List.of("--config", home.servingProperties().toString()));
    return new JavaComponent(
        "serving",
        settings.servingPort(),
        new ProcessBuilder(Detached.command(command)),
        home.log("serving"),
        new HttpProbe(settings.servingUrl().resolve("/ready"), status -> status == 200),
        () -> {},
        SERVING_GRACE);
  }

  private static String servingProperties(StackHome home, StackSettings settings)
      throws IOException {
    Properties properties = new Properties();
    properties.setProperty("serving.http.host", "127.0.0.1");
    properties.setProperty("serving.http.port", Integer.toString(settings.servingPort()));
    properties.setProperty("serving.admin.token", settings.adminToken());
    properties.setProperty("serving.database.url", settings.databaseUrl());
    properties.setProperty("serving.snapshot.file", home.settingsSnapshot().toString());
    properties.setProperty("landing.spool.directory", home.spool().toString());
    // A trial must also run inside a container, whose disk is an overlay.
    properties.setProperty("landing.spool.allow-volatile", "true");
    // No balancer has to notice first.
    properties.setProperty("serving.drain.delay", "100ms");
    // A person waits for the night to begin.
    properties.setProperty("landing.segment.age", "2s");
    properties.setProperty("landing.mark.interval", "1s");
    properties.setProperty("landing.store.endpoint", settings.storageEndpoint());
    properties.setProperty("landing.store.region", StackSettings.REGION);
    properties.setProperty("landing.store.bucket", StackSettings.BUCKET);
    properties.setProperty("landing.store.path-style", "true");
    properties.setProperty("landing.store.access-key", settings.accessKey());
    properties.setProperty("landing.store.secret-key", settings.secretKey());
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return text.toString();
  }
}
