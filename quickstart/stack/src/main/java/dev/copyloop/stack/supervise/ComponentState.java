package dev.copyloop.stack.supervise;

/**
 * What the supervisor knows of one component.
 *
 * @param process none while it is not running
 * @param restarts how often it was started again
 */
public record ComponentState(
    String name, int port, Phase phase, ProcessIdentity process, int restarts) {

  /** Where a component is in its life. */
  public enum Phase {
    STARTING,
    UP,
    /** It ended by itself and will be started again after a pause. */
    PAUSED,
    STOPPED
  }

  static ComponentState of(Component component) {
    return new ComponentState(
        component.name(), component.port(), Phase.STOPPED, ProcessIdentity.NONE, 0);
  }

  ComponentState starting(ProcessIdentity next) {
    return new ComponentState(name, port, Phase.STARTING, next, restarts);
  }

  ComponentState up() {
    return new ComponentState(name, port, Phase.UP, process, restarts);
  }

  ComponentState paused() {
    return new ComponentState(name, port, Phase.PAUSED, ProcessIdentity.NONE, restarts + 1);
  }

  ComponentState stopped() {
    return new ComponentState(name, port, Phase.STOPPED, ProcessIdentity.NONE, restarts);
  }
}
