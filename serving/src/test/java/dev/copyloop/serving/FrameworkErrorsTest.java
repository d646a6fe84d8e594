package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What never reaches an endpoint is answered like every other error. */
class FrameworkErrorsTest {
  private static TestServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "414, long-line",
    "431, long-header",
    "400, no-http",
    "400, bad-length",
    "404, no-path",
    "405, no-method",
  })
  void isAProblem(int status, String kind) throws IOException {
    String end = "Host: x\r\nConnection: close\r\n\r\n";
    String request =
        switch (kind) {
          case "long-line" -> "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n" + end;
          case "long-header" -> "GET / HTTP/1.1\r\nA: " + "x".repeat(9_000) + "\r\n" + end;
          case "no-http" -> "nonsense\r\n\r\n";
          case "bad-length" -> "POST /api/generate/x HTTP/1.1\r\nContent-Length: x\r\n" + end;
          case "no-path" -> "GET /nothing HTTP/1.1\r\n" + end;
          case "no-method" -> "PATCH /health HTTP/1.1\r\n" + end;
          default -> throw new AssertionError(kind);
        };
    String answer = raw(request);
    assertThat(answer).containsPattern("^HTTP/1\\.[01] " + status + " ");
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/problem+json");
    assertThat(TestServer.json(answer.substring(answer.indexOf("\r\n\r\n") + 4)).path("status"))
        .isEqualTo(TestServer.json(Integer.toString(status)));
  }
}
