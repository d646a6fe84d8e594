package dev.copyloop.serving.http;

import dev.copyloop.events.config.DataSize;
import java.time.Duration;

/**
 * How long a request may take to arrive, and how much may be arriving.
 *
 * @param head from its first byte to the end of its headers
 * @param body from there to its body's end
 * @param held what all bodies that are on their way may hold in memory together
 */
public record ArrivalLimits(Duration head, Duration body, DataSize held) {}
