package dev.copyloop.serving.http;

import io.vertx.core.http.HttpMethod;

/**
 * Where an endpoint is found.
 *
 * @param path such as {@code /api/generate/{org}}: a segment in braces is a parameter
 */
public record Route(HttpMethod method, String path) {}
