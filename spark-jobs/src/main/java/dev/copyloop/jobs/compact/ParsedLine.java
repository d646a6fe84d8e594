package dev.copyloop.jobs.compact;

import dev.copyloop.events.custom.CustomEvent;
import dev.copyloop.events.customerio.ReportingEvent;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.events.landing.LandingLine;
import java.util.Optional;

/** What one landed line turned out to be. */
sealed interface ParsedLine {

  /** A line that becomes a row of events or generations, at a time of its own. */
  sealed interface Good extends ParsedLine {
    LandingLine envelope();

    /** When it happened, epoch milliseconds. */
    long occurredAtMillis();
  }

  /** A reporting webhook. */
  record Reporting(LandingLine envelope, long occurredAtMillis, ReportingEvent event)
      implements Good {}

  /** One of the client's own events. */
  record Custom(LandingLine envelope, long occurredAtMillis, CustomEvent event) implements Good {}

  /** An answered call of generate. */
  record Generation(LandingLine envelope, GenerationRecord generation) implements Good {
    @Override
    public long occurredAtMillis() {
      return generation.occurredAtMillis();
    }
  }

  /** A line that becomes no row, and why; its envelope if that could be read. */
  record Quarantined(Optional<LandingLine> envelope, QuarantineReason reason, String detail)
      implements ParsedLine {}
}
