package dev.copyloop.jobs.report;

/**
 * Opens or clicks of one copy.
 *
 * @param total distinct events; null while a workspace sends first occurrences only
 * @param unique exposures with at least one
 * @param human of the unique ones, those by a person
 * @param machine of the unique ones, those by machines only
 * @param unknown of the unique ones, those of which nothing is known
 */
public record EngagementFigures(Long total, long unique, long human, long machine, long unknown) {}
