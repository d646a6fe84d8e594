package dev.copyloop.jobs.export;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a part's figures can still change.
 *
 * @param finalAfter from when on nothing arrives by itself any more; empty for a part without end
 * @param expectedMissing the share of its events that is expected to be missing still, as of {@code
 *     asOf}; empty if the past does not tell
 */
record Maturity(Optional<Instant> finalAfter, OptionalDouble expectedMissing, Instant asOf) {}
