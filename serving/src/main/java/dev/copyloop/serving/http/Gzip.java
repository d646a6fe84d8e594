package dev.copyloop.serving.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a body up to a limit: a bomb stops there. */
final class Gzip {
  private Gzip() {}

  static byte[] inflate(byte[] body, long limit) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] inflated = in.readNBytes((int) limit + 1);
      if (inflated.length > limit) {
        throw ProblemException.of(
            Problem.Kind.TOO_LARGE, "Send at most " + limit + " bytes, counted after inflating");
      }
      return inflated;
    } catch (IOException e) {
      throw ProblemException.invalid("The body is not gzip, though Content-Encoding says so");
    }
  }
}
