package dev.copyloop.stack.supervise;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.copyloop.events.json.Json;
import dev.copyloop.stack.home.PrivateFile;
import dev.copyloop.stack.home.StackHome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** What runs of a local stack, as its supervisor wrote it last. */
public record StackState(ProcessIdentity supervisor, List<ComponentState> components) {
  public StackState {
    components = List.copyOf(components);
  }

  /** Whether the supervisor runs and says that every component is up. */
  public boolean everythingRuns() {
    return supervisor.running().isPresent()
        && components.stream().allMatch(state -> state.phase() == ComponentState.Phase.UP);
  }

  /** The last state; empty if the stack never ran. */
  public static Optional<StackState> read(StackHome home) throws IOException {
    if (!Files.exists(home.state())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readValue(Files.readString(home.state()), StackState.class));
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot read %s: remove it if nothing of the stack runs".formatted(home.state()), e);
    }
  }

  void write(StackHome home) throws IOException {
    PrivateFile.write(home.state(), Json.mapper().writeValueAsString(this));
  }
}
