package dev.copyloop.stack.supervise;

import dev.copyloop.embedded.EmbeddedPostgres;
import dev.copyloop.stack.home.StackHome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Components that outlived a killed supervisor. */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration GRACE = Duration.ofSeconds(40);

  private Leftovers() {}

  /** Ends what an earlier supervisor of this home left running, last started first. */
  static void stop(StackHome home) throws IOException, InterruptedException {
    List<ComponentState> states =
        new ArrayList<>(StackState.read(home).map(StackState::components).orElse(List.of()));
    Collections.reverse(states);
    for (ComponentState state : states) {
      if (state.process().running().isPresent() && !state.name().equals("postgres")) {
        LOG.info("Stopping {} left as process {}", state.name(), state.process().pid());
        state.process().stop(GRACE);
      }
    }
    EmbeddedPostgres.stopLeftover(home.postgresData());
  }
}
