package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.Source;

/** Which table's rows a landing object's lines become. */
enum RowKind {
  EVENTS,
  GENERATIONS;

  /** The kind of an object's rows. */
  static RowKind of(LandingObject object) {
    return object.source() == Source.GENERATE ? GENERATIONS : EVENTS;
  }
}
