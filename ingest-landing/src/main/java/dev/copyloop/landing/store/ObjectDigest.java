package dev.copyloop.landing.store;

/**
 * The identity of a landing object, kept in its user metadata.
 *
 * @param sha256 of the uncompressed bytes, lower-case hex
 * @param lines how many lines it holds
 * @param schema version of its lines' envelope
 */
public record ObjectDigest(String sha256, long lines, int schema) {}
