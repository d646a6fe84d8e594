package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  @Test
  void everyMountedRouteIsDescribedAndNothingElse() throws IOException {
    try (TestServer server = TestServer.start()) {
      JsonNode document = TestServer.json(server.get("/openapi.json").body());
      assertThat(document.path("openapi").asText()).startsWith("3.1");
      Set<String> described = new TreeSet<>();
      for (var path : document.path("paths").properties()) {
        path.getValue()
            .fieldNames()
            .forEachRemaining(
                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
      }
      Set<String> mounted =
          server.server().endpoints().stream()
              .map(endpoint -> endpoint.route().method().name() + " " + endpoint.route().path())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(described).isEqualTo(mounted);
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryPathParameterIsDeclared() throws IOException {
    try (TestServer server = TestServer.start()) {
      JsonNode document = TestServer.json(server.get("/openapi.json").body());
      document
          .findValuesAsText("$ref")
          .forEach(
              reference ->
                  assertThat(document.at(reference.substring(1)).isMissingNode())
                      .as(reference)
                      .isFalse());
      for (var path : document.path("paths").properties()) {
        for (JsonNode operation : path.getValue()) {
          Set<String> declared = new TreeSet<>();
          operation
              .path("parameters")
              .forEach(
                  parameter -> {
                    if ("path".equals(parameter.path("in").asText())) {
                      declared.add("{" + parameter.path("name").asText() + "}");
                    }
                  });
          Set<String> inPath = new TreeSet<>();
          for (String segment : path.getKey().split("/", -1)) {
            if (segment.startsWith("{")) {
              inPath.add(segment);
            }
          }
          assertThat(declared).as(path.getKey()).isEqualTo(inPath);
        }
      }
    }
  }
}
