package dev.copyloop.landing.seal;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.landing.store.ObjectDigest;
import java.nio.file.Path;

/**
 * What a segment's lines of one source become.
 *
 * @param file the gzip NDJSON, temporary
 */
public record RenderedObject(LandingKey key, Path file, ObjectDigest digest) {}
