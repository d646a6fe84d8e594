package dev.copyloop.events.custom;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One of the client's own events, such as a purchase.
 *
 * @param eventId the sender's id of it; empty: two posts are two events
 * @param name what happened
 * @param timestamp when, as the sender wrote it, see {@code EventTime}
 * @param properties the sender's properties as a compact JSON object
 * @param value an amount of money at six decimals; negative for a refund
 * @param currency the amount's currency, upper case
 * @param copyId the copy it is credited to, if the sender knows
 * @param trackingId the journey it is credited to, if the sender knows
 * @param extra the members without a meaning here, as a compact JSON object
 */
public record CustomEvent(
    Optional<String> eventId,
    Optional<String> userId,
    String name,
    String timestamp,
    Optional<String> properties,
    Optional<BigDecimal> value,
    Optional<String> currency,
    Optional<String> copyId,
    Optional<String> trackingId,
    Optional<String> extra) {

  /** The greatest number of decimals that an amount keeps. */
  public static final int VALUE_SCALE = 6;

  /** The greatest number of digits before an amount's point. */
  public static final int VALUE_INTEGER_DIGITS = 14;
}
