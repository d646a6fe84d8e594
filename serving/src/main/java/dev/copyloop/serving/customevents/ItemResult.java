package dev.copyloop.serving.customevents;

import dev.copyloop.landing.Arrival;
import java.util.Optional;

/**
 * What became of one item.
 *
 * @param arrival what is landed; empty if it is refused
 * @param detail why it is refused, and what to send instead
 */
record ItemResult(Optional<Arrival> arrival, Optional<String> detail) {
  static ItemResult taken(Arrival arrival) {
    return new ItemResult(Optional.of(arrival), Optional.empty());
  }

  static ItemResult refused(String detail) {
    return new ItemResult(Optional.empty(), Optional.of(detail));
  }
}
