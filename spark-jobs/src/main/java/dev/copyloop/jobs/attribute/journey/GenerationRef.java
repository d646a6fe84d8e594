package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;

/**
 * What attribution needs of a generation.
 *
 * @param occurredAt epoch microseconds
 * @param person the caller's user id, normalised like a delivery's person
 */
record GenerationRef(
    String org,
    String templateId,
    String generationId,
    long occurredAt,
    String trackingId,
    String person,
    String copyId,
    Arm arm,
    boolean test) {}
