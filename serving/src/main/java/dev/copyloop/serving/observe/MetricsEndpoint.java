package dev.copyloop.serving.observe;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code GET /metrics}: Prometheus text. */
public final class MetricsEndpoint implements Endpoint {
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final ServingMetrics metrics;

  public MetricsEndpoint(ServingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, "/metrics");
  }

  @Override
  public void handle(Exchange exchange) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    try {
      writer.write(out, metrics.registry().scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write metrics to memory", e);
    }
    exchange.answer(200, writer.getContentType(), Buffer.buffer(out.toByteArray()));
  }
}
