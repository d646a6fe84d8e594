/**
 * A journey's events and generations become deliveries, each with its arm, copy and engagements.
 */
package dev.copyloop.jobs.attribute.journey;
