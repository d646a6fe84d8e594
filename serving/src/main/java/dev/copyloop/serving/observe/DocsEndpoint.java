package dev.copyloop.serving.observe;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code GET /docs}: the description of every route as a page, which loads nothing from elsewhere.
 */
public final class DocsEndpoint implements Endpoint {
  private final String path;
  private final String contentType;
  private final byte[] content;

  private DocsEndpoint(String path, String contentType, String resource) {
    this.path = path;
    this.contentType = contentType;
    try (InputStream in = DocsEndpoint.class.getResourceAsStream(resource)) {
      this.content = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** The page and its script. */
  public static List<Endpoint> all() {
    String resources = "/dev/copyloop/serving/docs/";
    return List.of(
        new DocsEndpoint("/docs", "text/html; charset=utf-8", resources + "index.html"),
        new DocsEndpoint(
            "/docs/viewer.js", "text/javascript; charset=utf-8", resources + "viewer.js"));
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, path);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange
        .request()
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline';"
                + " base-uri 'none'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff");
    exchange.answer(200, contentType, Buffer.buffer(content));
  }
}
