package dev.copyloop.landing.seal;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.landing.store.ObjectDigest;

/**
 * What a batch's lines of one source become.
 *
 * @param content the gzip NDJSON
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and large.
public record BatchObject(LandingKey key, byte[] content, ObjectDigest digest) {}
