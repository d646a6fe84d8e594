package dev.copyloop.serving.access;

import java.util.OptionalLong;

/**
 * How much a key may ask for.
 *
 * @param perSecond requests per second and process, with bursts of ten seconds' worth; empty: any
 * @param perDay requests per UTC day over all processes; empty: any
 */
public record KeyLimits(OptionalLong perSecond, OptionalLong perDay) {
  /** No limits. */
  public static final KeyLimits NONE = new KeyLimits(OptionalLong.empty(), OptionalLong.empty());
}
