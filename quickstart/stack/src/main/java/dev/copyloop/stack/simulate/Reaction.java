package dev.copyloop.stack.simulate;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * What follows from one send; times in unix seconds, empty if it does not happen.
 *
 * @param delivered empty: the message bounced
 * @param value of the purchase, in USD; 0 without one
 * @param earlierPurchase a purchase before the send, which no message can have caused
 */
public record Reaction(
    long sent,
    OptionalLong delivered,
    OptionalLong machineOpen,
    OptionalLong open,
    OptionalLong machineClick,
    OptionalLong click,
    OptionalLong conversion,
    OptionalLong purchase,
    BigDecimal value,
    OptionalLong earlierPurchase) {}
