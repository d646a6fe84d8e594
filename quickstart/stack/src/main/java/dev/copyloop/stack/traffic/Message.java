package dev.copyloop.stack.traffic;

/** One delivery as the sender knows it. */
public record Message(
    String deliveryId, String journeyId, String customerId, long actionId, String recipient) {}
