/**
 * A person's own events meet the deliveries they were exposed to: rules credit, metrics measure.
 */
package dev.copyloop.jobs.attribute.customevents;
