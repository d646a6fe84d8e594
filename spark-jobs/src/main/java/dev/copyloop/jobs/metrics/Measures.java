package dev.copyloop.jobs.metrics;

import java.util.List;
import java.util.stream.Stream;

/** The names of the additive facts of {@code daily_metrics}, in the order of its columns. */
final class Measures {

  /** Facts that are always known. */
  static final List<String> REQUIRED =
      List.of(
          "requests",
          "generations",
          "fallbacks",
          "forced",
          "assigned",
          "deliveries",
          "without_copy",
          "stale_copies",
          "sends",
          "sends_implied",
          "opens_human",
          "opens_machine",
          "opens_unknown",
          "unique_opens",
          "unique_opens_human",
          "unique_opens_machine",
          "unique_opens_unknown",
          "clicks_human",
          "clicks_machine",
          "clicks_unknown",
          "unique_clicks",
          "unique_clicks_human",
          "unique_clicks_machine",
          "unique_clicks_unknown",
          "cio_conversions",
          "unsubscribes",
          "complaints",
          "replies",
          "bounces",
          "drops",
          "failures",
          "undeliverables",
          "lost_calls",
          "failed_calls");

  /** Facts that the sender may not report at all: null then, not 0. */
  static final List<String> OPTIONAL = List.of("delivered", "opens", "clicks");

  /** All of them. */
  static final List<String> ALL = Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).toList();

  private Measures() {}
}
