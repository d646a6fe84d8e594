package dev.copyloop.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** An org with one template of two variants that everybody can get. */
record TestOrg(TestServer server, String slug, String key) {
  static final String TEMPLATE = "welcome";
  static final String FIRST = "11111111-1111-4111-8111-111111111111";
  static final String SECOND = "22222222-2222-4222-8222-222222222222";
  static final String CIO = "/api/webhook/cio/";

  static TestOrg create(TestServer server, String slug) {
    server.admitted(
        "PUT",
        "/orgs/" + slug,
        "{\"time_zone\":\"Europe/Berlin\",\"internal_recipients\":[\"inside\",\"qa@example.test\"]}");
    TestOrg org = new TestOrg(server, slug, key(server, slug, "[\"generate\",\"events\"]"));
    server.admitted("PUT", org.templates() + TEMPLATE, "{\"channel\":\"email\"}");
    return org;
  }

  static TestOrg createWithVariants(TestServer server, String slug) {
    TestOrg org = create(server, slug);
    org.variant(
        TEMPLATE,
        "{\"copy_id\":\""
            + FIRST
            + "\",\"key\":\"first\",\"vars\":{\"subject\":\"Hello\",\"body\":\"One\"}}");
    org.variant(
        TEMPLATE,
        "{\"copy_id\":\""
            + SECOND
            + "\",\"key\":\"second\",\"vars\":{\"subject\":\"Good day\",\"body\":\"Two\"}}");
    server.settle();
    return org;
  }

  static String key(TestServer server, String slug, String scopes) {
    return server
        .admitted(
            "POST", "/orgs/" + slug + "/keys", "{\"name\":\"test\",\"scopes\":" + scopes + "}")
        .path("key")
        .asText();
  }

  String templates() {
    return "/orgs/" + slug + "/templates/";
  }

  JsonNode variant(String template, String body) {
    return server.admitted("POST", templates() + template + "/variants", body);
  }

  HttpResponse<String> generate(String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "X-Api-Key";
    all[1] = key;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return server.post("/api/generate/" + slug, body, all);
  }

  /** A call that must be answered with a copy. */
  JsonNode copy(String body, String... headers) {
    var response = generate(body, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return TestServer.json(response.body());
  }
}
