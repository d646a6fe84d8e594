package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.landing.store.S3StoreConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Lands until it is killed, or its standard input ends: with the process that started it. Prints
 * {@code sent <id>} before it lands an event, and {@code ack <id>} once that is acknowledged.
 * Arguments: a prefix of the ids, then {@code key=value} settings.
 */
final class EndlessSender {
  private static final int IN_FLIGHT = 32;
  private static final List<Source> SOURCES = List.of(Source.values());

  private EndlessSender() {}

  public static void main(String[] arguments) throws Exception {
    endWithParent();
    Map<String, String> settings = new TreeMap<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    ConfigReader config = ConfigReader.of(settings, Map.of());
    send(
        arguments[0],
        LandingOpener.read(config)
            .open(S3ObjectStore.open(S3StoreConfig.read(config)), LandingMetrics.NONE));
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // Nobody is left to be told.
              }
              Runtime.getRuntime().halt(1);
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void send(String prefix, Landing landing) throws InterruptedException {
    PrintStream out = System.out;
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (long i = 0; ; i++) {
      inFlight.acquire();
      String id = prefix + "-" + i;
      Source source = SOURCES.get((int) (i % SOURCES.size()));
      out.println("sent " + id);
      CompletableFuture<Void> unused =
          landing
              .land(List.of(Arrivals.of(source, id, "{\"n\":" + i + "}")))
              .thenRun(() -> out.println("ack " + id))
              .whenComplete((done, failure) -> inFlight.release());
    }
  }
}
