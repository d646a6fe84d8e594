package dev.copyloop.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the end of an HTTP/1.1 response that has a {@code Content-Length}. Not thread-safe. */
final class ResponseScan {
  private static final int STATUS_AT = 9;
  private static final String LENGTH = "content-length:";

  private final ByteBuffer buffer;
  private int bodyAt;
  private int bodyLength;

  ResponseScan(int capacity) {
    this.buffer = ByteBuffer.allocate(capacity);
  }

  /** Where the bytes that come are put. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** The status of the response if it is complete, which is then forgotten; else 0. */
  int takeStatus() throws IOException {
    if (bodyAt == 0 && !findBody()) {
      return 0;
    }
    if (buffer.position() < bodyAt + bodyLength) {
      return 0;
    }
    int status = number(STATUS_AT);
    buffer.clear();
    bodyAt = 0;
    return status;
  }

  private boolean findBody() throws IOException {
    byte[] bytes = buffer.array();
    int length = -1;
    int lineAt = 0;
    for (int i = 0; i < buffer.position(); i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (i - lineAt <= 1) {
        return found(i + 1, length);
      }
      if (isLength(lineAt, i)) {
        length = number(lineAt + LENGTH.length());
      }
      lineAt = i + 1;
    }
    return false;
  }

  private boolean found(int at, int length) throws IOException {
    if (length < 0) {
      throw new IOException("The server answered without a Content-Length");
    }
    bodyAt = at;
    bodyLength = length;
    if (bodyAt + bodyLength > buffer.capacity()) {
      throw new IOException("The server answered more than " + buffer.capacity() + " bytes");
    }
    return true;
  }

  private boolean isLength(int from, int to) {
    if (to - from < LENGTH.length()) {
      return false;
    }
    for (int i = 0; i < LENGTH.length(); i++) {
      if (Character.toLowerCase(buffer.get(from + i)) != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int at = from;
    while (buffer.get(at) == ' ') {
      at++;
    }
    int number = 0;
    while (buffer.get(at) >= '0' && buffer.get(at) <= '9') {
      number = 10 * number + buffer.get(at++) - '0';
    }
    return number;
  }
}
