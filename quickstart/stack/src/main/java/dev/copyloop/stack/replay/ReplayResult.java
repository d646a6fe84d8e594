package dev.copyloop.stack.replay;

import java.time.Duration;

/**
 * What a replay did.
 *
 * @param acknowledged requests, each counted once
 * @param attempts tries, the failed ones included
 */
public record ReplayResult(long acknowledged, long attempts, Duration took) {}
