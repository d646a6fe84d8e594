package dev.copyloop.stack.supervise;

import dev.copyloop.embedded.PostgresDatabase;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How every component of a stack does at this moment. */
public record Health(List<Line> lines) {
  private static final int VALID_SECONDS = 5;

  public Health {
    lines = List.copyOf(lines);
  }

  /**
   * One component.
   *
   * @param pid empty if it does not run
   */
  public record Line(String name, Optional<Long> pid, int port, boolean healthy, int restarts) {}

  /** Asks every component. */
  public static Health of(StackHome home) throws IOException {
    return new Health(
        StackState.read(home).map(StackState::components).orElse(List.of()).stream()
            .map(Health::line)
            .toList());
  }

  /** Whether there are components and all of them answer. */
  public boolean allHealthy() {
    return !lines.isEmpty() && lines.stream().allMatch(Line::healthy);
  }

  private static Line line(ComponentState state) {
    Optional<Long> pid = state.process().running().map(ProcessHandle::pid);
    return new Line(
        state.name(), pid, state.port(), pid.isPresent() && answers(state), state.restarts());
  }

  private static boolean answers(ComponentState state) {
    URI root = URI.create("http://127.0.0.1:" + state.port());
    return switch (state.name()) {
      case "postgres" -> connects(state.port());
      case "storage" -> new HttpProbe(root, status -> status < 500).answers();
      default -> new HttpProbe(root.resolve("/ready"), status -> status == 200).answers();
    };
  }

  private static boolean connects(int port) {
    String url = StackSettings.databaseUrl(port);
    try (Connection connection = PostgresDatabase.parse(url).connect()) {
      return connection.isValid(VALID_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
