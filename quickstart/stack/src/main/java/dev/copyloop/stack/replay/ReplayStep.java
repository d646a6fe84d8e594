package dev.copyloop.stack.replay;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one person's journey sends: perhaps a first request, then what follows from its answer, one
 * after the other. Steps are independent of each other.
 *
 * @param first empty if nothing has to be asked first
 * @param next the requests that follow, given the first one's answer; empty if there was none
 */
public record ReplayStep(
    Optional<ReplayRequest> first, Function<Optional<String>, List<ReplayRequest>> next) {

  /** A step whose requests do not depend on any answer. */
  public static ReplayStep of(List<ReplayRequest> requests) {
    return new ReplayStep(Optional.empty(), answer -> requests);
  }
}
