package dev.copyloop.benchmarks.contender;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.Landing;
import dev.copyloop.landing.LandingState;
import dev.copyloop.serving.Server;
import dev.copyloop.serving.ServingConfig;
import dev.copyloop.serving.observe.ServingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Our serving tier over a landing that stores nothing: what durability costs is the rest. */
public final class InstantServing {
  private InstantServing() {}

  /** Starts by the properties file that is the only argument, and returns when it listens. */
  public static void main(String[] args) throws IOException {
    ServingConfig config = ServingConfig.read(ConfigReader.ofFile(Path.of(args[0])));
    Server server = Server.start(config, new Nowhere(), new ServingMetrics());
    System.out.println(ServerProcess.LISTENS + "127.0.0.1:" + server.port());
  }

  private static final class Nowhere implements Landing {
    @Override
    public CompletableFuture<Void> land(List<Arrival> arrivals) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void recent(Source source, Consumer<LandingLine> consumer) {}

    @Override
    public LandingState state() {
      return new LandingState(
          LandingState.Phase.ACCEPTING, 0, 0, 0, 1, 0, 0, Instant.EPOCH, Optional.empty());
    }

    @Override
    public void close() {}
  }
}
