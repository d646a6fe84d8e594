package dev.copyloop.stack.replay;

import java.nio.charset.StandardCharsets;

/** One POST, sent with the same bytes until it is acknowledged. */
public final class ReplayRequest {
  private final String id;
  private final String path;
  private final Authentication authentication;
  private final byte[] body;

  /**
   * @param id what identifies the request in messages and in the acknowledgements
   * @param path below the server's root, such as {@code /api/generate/demo}
   */
  public ReplayRequest(String id, String path, Authentication authentication, byte[] body) {
    this.id = id;
    this.path = path;
    this.authentication = authentication;
    this.body = body.clone();
  }

  public String id() {
    return id;
  }

  public String path() {
    return path;
  }

  Authentication authentication() {
    return authentication;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The bytes themselves, not a copy: nobody may change them. */
  byte[] body() {
    return body;
  }
}
