package dev.copyloop.landing.accept;

import dev.copyloop.events.landing.Source;

/**
 * How much of a bound each source may use up, so that what hurts least is refused first: custom
 * events are sent again by their sender, Customer.io sends webhooks again for a week, but a message
 * whose copy is refused is sent without it.
 */
final class Shares {
  private Shares() {}

  /**
   * Of the queue's bytes and age, for an org that has more than its share waiting; the rest is for
   * the others. Memory is cheap, and a full queue is short-lived.
   */
  static double ofQueue(Source source) {
    return switch (source) {
      case EVENTS -> 0.5;
      case CIO -> 0.75;
      case GENERATE -> 0.875;
    };
  }

  /** Of what its source may use of the spool's budget, for an org that has more than its share. */
  static final double OF_BUDGET_OVER_SHARE = 0.875;

  /** Of the spool's budget, which an outage of the store uses up. */
  static double ofBudget(Source source) {
    return switch (source) {
      case EVENTS -> 0.8;
      case CIO -> 0.9;
      case GENERATE -> 1;
    };
  }
}
