package dev.copyloop.serving.http;

import java.time.Duration;

/**
 * How long a request may take to arrive.
 *
 * @param head from its first byte to the end of its headers
 * @param body from there to its body's end
 */
public record ArrivalLimits(Duration head, Duration body) {}
