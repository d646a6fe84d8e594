package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The running server against its own description, by generated requests, valid and not. */
@Tag("slow")
class SchemathesisTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FOLDER = "serving/contract-tests";
  private static final int SECONDS = 45;
  private static final String CHECKS =
      "not_a_server_error,status_code_conformance,content_type_conformance,"
          + "response_headers_conformance,response_schema_conformance,unsupported_method";

  @Test
  void theServerAnswersAsItIsDescribed() throws IOException, InterruptedException {
    String environment =
        output(List.of(ROOT.resolve(".ci/python-environment").toString(), FOLDER), 300).strip();
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      server.settle();
      String report =
          output(
              List.of(
                  environment + "/bin/schemathesis",
                  "--config-file",
                  ROOT.resolve(FOLDER).resolve("schemathesis.toml").toString(),
                  "run",
                  server.uri("/openapi.json").toString(),
                  "--header",
                  "Authorization: Bearer " + TestPlace.ADMIN_TOKEN,
                  "--header",
                  "X-Api-Key: " + org.key(),
                  "--checks",
                  CHECKS,
                  "--phases",
                  "examples,coverage,fuzzing",
                  "--max-time",
                  Integer.toString(SECONDS),
                  "--seed",
                  "1",
                  "--generation-database",
                  "none",
                  "--warnings",
                  "off",
                  "--no-color"),
              2 * SECONDS);
      String summary = report.substring(Math.max(0, report.indexOf("API Operations:")));
      System.out.println(summary);
      // Whatever could not be tried is named as skipped or errored: nothing may be.
      assertThat(summary).contains("Tested:").doesNotContain("Errored:").doesNotContain("Skipped:");
    }
  }

  /** What a command prints; it must end with 0 within its time. */
  private static String output(List<String> command, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
