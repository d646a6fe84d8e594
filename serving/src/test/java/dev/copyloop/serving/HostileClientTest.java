package dev.copyloop.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What no honest client sends, over a raw socket: each is bounded, and no request hides another.
 */
class HostileClientTest {
  private static final String HOST = "Host: copyloop\r\n";
  private static final String WEBHOOK = "POST /api/webhook/cio/acme HTTP/1.1\r\n" + HOST;

  /** What is smuggled: it is never answered. */
  private static final String HIDDEN = "GET /health HTTP/1.1\r\n" + HOST + "\r\n";

  private static final String LAST = HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

  private static TestServer server;
  private static TestOrg org;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    org = TestOrg.createWithVariants(server, "acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "both framings,                Content-Length: 2|Transfer-Encoding: chunked",
    "the other order,              Transfer-Encoding: chunked|Content-Length: 2",
    "two different lengths,        Content-Length: 2|Content-Length: 40",
    "a list of lengths,            'Content-Length: 2, 40'",
    "a signed length,              Content-Length: +2",
    "a negative length,            Content-Length: -2",
    "a length that is none,        Content-Length: 0x2",
    "an unknown coding,            Transfer-Encoding: xchunked",
    "chunked not last,             'Transfer-Encoding: chunked, identity'",
    "a space before the colon,     Content-Length : 2"
  })
  void ambiguousFramingIsRefusedAndTheConnectionEnds(String name, String headers)
      throws IOException {
    String answer = exchange(WEBHOOK + headers.replace("|", "\r\n") + "\r\n\r\n{}" + HIDDEN);
    assertThat(answer).as(name).contains(" 400 ");
    assertThat(answer).as(name).doesNotContain(" 200 ").doesNotContain("\"up\"");
  }

  @ParameterizedTest
  @CsvSource({
    "no number,       'zz'",
    "a negative one,  '-1'",
    "an overflow,     'ffffffffffffffff1'",
    "a signed one,    '+2'"
  })
  void aChunkSizeThatIsNoneEndsTheConnection(String name, String size) throws IOException {
    String answer =
        exchange(
            WEBHOOK + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n" + HIDDEN);
    assertThat(answer)
        .as(name)
        .doesNotContain(" 200 ")
        .doesNotContain(" 500 ")
        .doesNotContain("\"up\"");
  }

  @Test
  void aHugeHeaderIsRefused() throws IOException {
    assertThat(
            exchange(
                "GET /health HTTP/1.1\r\n" + HOST + "X-Large: " + "x".repeat(9_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void aHugeRequestLineIsRefused() throws IOException {
    assertThat(exchange("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .contains(" 414 ");
  }

  @Test
  void bodiesOnTheirWayShareABoundOfMemory() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    Set<String> answers = new HashSet<>();
    try {
      for (int i = 0; i < 6; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        String head = WEBHOOK + "Content-Length: 2000000\r\n\r\n";
        socket.getOutputStream().write((head + "x".repeat(1_900_000)).getBytes(US_ASCII));
      }
      for (Socket socket : sockets) {
        socket.setSoTimeout(20_000);
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 503".length());
        answers.add(new String(line, US_ASCII));
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(answers).contains("HTTP/1.1 503").isSubsetOf("HTTP/1.1 503", "HTTP/1.1 408");
    anHonestClientIsStillAnswered();
  }

  @Test
  void headersThatDripInAreCutOffAlsoOfALaterRequest() throws IOException {
    assertThat(bytesTaken("GET /health HTTP/1.1\r\nX-Slow: ")).isBetween(10L, 400L);
    assertThat(bytesTaken(HIDDEN + "GET /health HTTP/1.1\r\nX-Slow: ")).isBetween(10L, 400L);
  }

  /** How many bytes of an endless header are taken, one every 20 ms or so, behind a beginning. */
  private static long bytesTaken(String beginning) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(beginning.getBytes(US_ASCII));
      long taken = 0;
      try {
        while (taken < 2_000 && !isClosed(socket, 20)) {
          socket.getOutputStream().write('x');
          taken++;
        }
      } catch (SocketException e) {
        // That is the end that is waited for.
      }
      return taken;
    }
  }

  @Test
  void aBodyThatNeverEndsIsAnsweredInTime() throws IOException {
    assertThat(exchange(WEBHOOK + "Content-Length: 100\r\n\r\n{")).startsWith("HTTP/1.1 408");
  }

  @Test
  void whoSendsABodyWholeBeforeReadingGetsTheRefusal() throws IOException {
    for (int round = 0; round < 20; round++) {
      String head = batchHead() + "Content-Length: 3000000\r\n\r\n";
      assertThat(exchange(head + "x".repeat(3_000_000))).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aRefusalWithoutABodyKeepsTheConnection() throws IOException {
    assertThat(exchange("GET /api/admin/settings HTTP/1.1\r\n" + HOST + "\r\n" + LAST))
        .contains("HTTP/1.1 401")
        .contains("\"up\"");
  }

  @Test
  void whoNeverStopsSendingIsClosed() throws IOException {
    byte[] part = new byte[64 * 1024];
    assertThat(sentUntilClosed(part, 0)).as("as fast as it can").isLessThan(512L * 1024 * 1024);
    assertThat(sentUntilClosed(new byte[1], 20)).as("slowly").isLessThan(1_000);
  }

  /** How many bytes of an endless body are taken, with a look for an answer between the parts. */
  private static long sentUntilClosed(byte[] part, int millisBetween) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((batchHead() + "Content-Length: 9000000000\r\n\r\n").getBytes(US_ASCII));
      long sent = 0;
      try {
        for (; sent < 9_000_000_000L; sent += part.length) {
          out.write(part);
          if (millisBetween > 0 && isClosed(socket, millisBetween)) {
            break;
          }
        }
      } catch (SocketException e) {
        // That is the end that is waited for.
      }
      return sent;
    }
  }

  private static boolean isClosed(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static String batchHead() {
    return "POST /api/batch-generate/acme HTTP/1.1\r\n" + HOST + "X-Api-Key: " + org.key() + "\r\n";
  }

  @Test
  void aBombStopsAtTheLimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1024 * 1024];
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    assertThat(
            server
                .send(
                    "POST",
                    "/api/webhook/events/acme",
                    bomb.toByteArray(),
                    "X-Api-Key",
                    org.key(),
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void aFoldedLineIsNoHeaderOfItsOwn() throws IOException {
    String folded = "Content-Length: 2\r\nX-Folded: a\r\n Transfer-Encoding: chunked\r\n\r\n{}";
    assertThat(exchange(WEBHOOK + folded + LAST)).contains("HTTP/1.1 200").contains("\"up\"");
  }

  @Test
  void aQueryThatNobodyEncodedIsAnsweredWithACopy() throws IOException {
    String query = "?template_id=welcome&attrs.offer=50%;\u00c3\u00a9&attrs.more=%zz";
    String key = "X-Api-Key: " + org.key() + "\r\nConnection: close\r\n\r\n";
    assertThat(exchange("GET /api/generate/acme" + query + " HTTP/1.1\r\n" + HOST + key))
        .startsWith("HTTP/1.1 200")
        .contains("generation_id");
  }

  @Test
  void anHonestClientIsStillAnswered() throws IOException {
    assertThat(exchange(WEBHOOK + "Content-Length: 2\r\n\r\n{}" + LAST))
        .contains("HTTP/1.1 200")
        .contains("\"up\"");
  }

  /** Sends that, and gives all that is answered until the server closes. */
  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          answer.write(buffer, 0, count);
        }
      } catch (SocketException e) {
        // It closed while something was left to be sent: what it said before counts.
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
