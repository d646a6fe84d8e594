package dev.copyloop.jobs.report;

import java.math.BigDecimal;

/**
 * What one rule credits to one copy, in one currency.
 *
 * @param currency null for events without a value
 * @param events the sum of credits
 * @param persons people with at least one credited event
 * @param liftEvents every event of an exposed person within the window
 * @param rate persons among sends; null without sends
 */
public record RuleFigures(
    String ruleId,
    int ruleVersion,
    String currency,
    BigDecimal events,
    long persons,
    BigDecimal value,
    long liftEvents,
    BigDecimal liftValue,
    long liftPersons,
    Rate rate) {}
