package dev.copyloop.benchmarks.serving;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * What a server's landing has counted until now.
 *
 * @param objects in object storage
 */
record LandingCounters(long lines, long syncs, long objects) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static LandingCounters read(InetSocketAddress server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/metrics"))
            .build();
    String metrics = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new LandingCounters(
        value(metrics, "copyloop_landing_durable_lines_total"),
        value(metrics, "copyloop_landing_syncs_total"),
        value(metrics, "copyloop_landing_stored_objects_total"));
  }

  /** The sum over its labels; 0 before the first. */
  private static long value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What was counted since then. */
  LandingCounters since(LandingCounters before) {
    return new LandingCounters(
        lines - before.lines, syncs - before.syncs, objects - before.objects);
  }
}
