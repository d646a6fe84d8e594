package dev.copyloop.stack.supervise;

import dev.copyloop.stack.home.StackHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The state of all components, on disk before anybody acts on it. Thread-safe. */
final class StateBoard {
  private final StackHome home;
  private final Map<String, ComponentState> states = new LinkedHashMap<>();

  StateBoard(StackHome home, List<Component> components) {
    this.home = home;
    components.forEach(component -> states.put(component.name(), ComponentState.of(component)));
    write();
  }

  synchronized void update(Component component, UnaryOperator<ComponentState> change) {
    states.computeIfPresent(component.name(), (name, state) -> change.apply(state));
    write();
  }

  private void write() {
    try {
      new StackState(ProcessIdentity.of(ProcessHandle.current()), new ArrayList<>(states.values()))
          .write(home);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the stack's state in " + home.root(), e);
    }
  }
}
