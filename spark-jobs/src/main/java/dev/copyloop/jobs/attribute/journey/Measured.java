package dev.copyloop.jobs.attribute.journey;

/**
 * That a version of a custom metric takes an engagement.
 *
 * @param firstOfJourney the first that it takes of its journey and template
 */
record Measured(String metricId, int metricVersion, boolean firstOfJourney) {}
