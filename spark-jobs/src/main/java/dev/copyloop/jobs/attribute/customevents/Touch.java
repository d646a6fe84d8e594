package dev.copyloop.jobs.attribute.customevents;

import dev.copyloop.events.settings.AttributionRule;

/**
 * A touch that an event is credited to.
 *
 * @param at epoch microseconds
 */
record Touch(AttributionRule.Touch kind, long at, ExposedDelivery delivery) {}
