package dev.copyloop.benchmarks.serving;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a server's landing has counted until now. */
record LandingCounters(long lines, long syncs) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static LandingCounters read(InetSocketAddress server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/metrics"))
            .build();
    String metrics = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new LandingCounters(
        value(metrics, "copyloop_landing_durable_lines_total"),
        value(metrics, "copyloop_landing_syncs_total"));
  }

  private static long value(String metrics, String name) throws IOException {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .map(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .orElseThrow(() -> new IOException("The server shows no metric " + name));
  }
}
