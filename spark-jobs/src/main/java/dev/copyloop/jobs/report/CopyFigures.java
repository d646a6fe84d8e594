package dev.copyloop.jobs.report;

import java.util.List;

/**
 * What one copy, or the control, achieved over all days. Everything after {@code assigned} is of
 * first messages; {@code laterSends} counts the others.
 *
 * @param copyKey a copy id, {@code control} or {@code unknown}
 * @param name the variant's key; {@code copyKey} where there is none
 * @param delivered null for a channel without such an event
 * @param conversions deliveries with Customer.io's own {@code converted}
 * @param clickRate of unique clicks among sends, as the other rates; null without sends
 */
public record CopyFigures(
    String copyKey,
    String name,
    String arm,
    long requests,
    long generations,
    long assigned,
    long sends,
    long sendsImplied,
    long laterSends,
    Long delivered,
    EngagementFigures opens,
    EngagementFigures clicks,
    long conversions,
    long unsubscribes,
    long bounces,
    long failures,
    Rate deliveredRate,
    Rate openRate,
    Rate clickRate,
    Rate conversionRate,
    List<RuleFigures> rules) {

  public CopyFigures {
    rules = List.copyOf(rules);
  }
}
