package dev.copyloop.jobs.attribute.customevents;

import java.util.List;

/**
 * A sent delivery of an arm, as a touch of its person.
 *
 * @param representative whether its send counts: a resend adds none
 * @param sendAt epoch microseconds, as all times here
 * @param humanOpens times of its opens by a person, ascending
 * @param humanClicks times of its clicks by a person, ascending
 */
record ExposedDelivery(
    String deliveryId,
    String workspace,
    String templateId,
    String arm,
    String copyId,
    String copyKey,
    String actionId,
    String channel,
    String journeyId,
    Integer messageNo,
    boolean representative,
    long sendAt,
    List<Long> humanOpens,
    List<Long> humanClicks) {}
