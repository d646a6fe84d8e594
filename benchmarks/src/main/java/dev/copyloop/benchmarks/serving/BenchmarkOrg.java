package dev.copyloop.benchmarks.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The org that requests are for: templates of ten variants with three texts each, half of them
 * filtered, and a workspace with a signing key.
 *
 * @param apiKey for generate
 * @param signingKey of its workspace
 */
record BenchmarkOrg(String slug, String apiKey, String signingKey) {
  static final String TEMPLATE = "welcome";
  static final String ADMIN_TOKEN = "benchmark-admin-token";

  private static final String SLUG = "bench";
  private static final String SIGNING_KEY = "c0ffee".repeat(10);
  private static final int VARIANTS = 10;
  private static final int TRIES = 600;

  /** Sets it up at a server, and waits until the server answers by it. */
  static BenchmarkOrg create(InetSocketAddress server) throws IOException, InterruptedException {
    Admin admin = new Admin(server);
    String org = "/orgs/" + SLUG;
    admin.send("PUT", org, object().put("time_zone", "UTC"));
    admin.send("PUT", org + "/workspaces/Production", object().put("region", "us"));
    admin.send(
        "POST", org + "/workspaces/Production/signing-keys", object().put("key", SIGNING_KEY));
    admin.send("PUT", org + "/templates/" + TEMPLATE, object().put("channel", "email"));
    for (int i = 0; i < VARIANTS; i++) {
      admin.send("POST", org + "/templates/" + TEMPLATE + "/variants", variant(i));
    }
    ObjectNode key = object().put("name", "benchmark");
    key.putArray("scopes").add("generate");
    JsonNode created = admin.send("POST", org + "/keys", key);
    BenchmarkOrg made = new BenchmarkOrg(SLUG, created.path("key").asText(), SIGNING_KEY);
    made.awaitServed(server);
    return made;
  }

  /** Variant 0 is for everybody; every second one asks for five attributes. */
  private static ObjectNode variant(int number) {
    ObjectNode variant = object().put("key", "v" + number);
    ObjectNode vars = variant.putObject("vars");
    vars.put("subject", "Hello {{ first_name | default: 'there' }}, offer " + number);
    vars.put("preheader", "Only this week in {{ city | default: 'your town' }}");
    vars.put("body", "A longer text that says what is new. ".repeat(6) + number);
    if (number % 2 == 1) {
      variant.set("filter", filter());
    }
    return variant;
  }

  private static JsonNode filter() {
    try {
      return Json.mapper()
          .readTree(
              """
              {"all":[{"attr":"plan","in":["pro","team"]},{"attr":"country","eq":"de"},
              {"attr":"age","range":{"from":18,"to":99}},{"attr":"city","prefix":"ber"},
              {"not":{"attr":"churned","exists":true}}]}\
              """);
    } catch (IOException e) {
      throw new IllegalStateException("A constant is not JSON", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Waits until a server has read the settings that hold this org. */
  void awaitServed(InetSocketAddress server) throws IOException, InterruptedException {
    Admin admin = new Admin(server);
    for (int i = 0; i < TRIES; i++) {
      HttpResponse<String> response =
          admin.send(
              "POST",
              "/api/generate/" + slug,
              "{\"template_id\":\"" + TEMPLATE + "\"}",
              List.of("X-Api-Key", apiKey));
      if (response.statusCode() == 200) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("The server at " + server + " does not answer generate");
  }

  @Override
  public String toString() {
    return "BenchmarkOrg[" + slug + "]";
  }

  /** Speaks to a server's admin API. */
  private record Admin(InetSocketAddress server) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int REFUSED = 300;

    /** The settings' tables are being set up. */
    private static final int NOT_YET = 503;

    JsonNode send(String method, String path, ObjectNode body)
        throws IOException, InterruptedException {
      List<String> headers = List.of("Authorization", "Bearer " + ADMIN_TOKEN);
      HttpResponse<String> response = send(method, "/api/admin" + path, body.toString(), headers);
      for (int i = 0; i < TRIES && response.statusCode() == NOT_YET; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
        response = send(method, "/api/admin" + path, body.toString(), headers);
      }
      if (response.statusCode() >= REFUSED) {
        throw new IOException(method + " " + path + ": " + response.body());
      }
      return Json.mapper().readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    HttpResponse<String> send(String method, String path, String body, List<String> headers)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .headers(headers.toArray(String[]::new))
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
