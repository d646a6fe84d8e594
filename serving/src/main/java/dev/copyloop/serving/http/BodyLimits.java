package dev.copyloop.serving.http;

import java.time.Duration;

/**
 * How long a body may take.
 *
 * @param timeout from the request's head to the body's end
 */
public record BodyLimits(Duration timeout) {}
