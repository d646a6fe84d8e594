/**
 * The night's attribution: all of it ({@code Attribution}), or what a night's news touch ({@code
 * AttributionChanges}). Below it, in flow order: {@code journey} makes deliveries of events and
 * gives them arm and copy, {@code person} says who is who, {@code customevents} credits deliveries
 * with what people did, {@code preview} shows what another rule would credit.
 */
package dev.copyloop.jobs.attribute;
