package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.Exchange;

/** One call of the admin API. */
record AdminCall(Exchange exchange, AdminBody body) {
  private static final String ACTOR = "X-Copyloop-Actor";
  private static final int MAX_ACTOR = 200;

  String parameter(String name) {
    return exchange.parameter(name);
  }

  String org() {
    return parameter("org");
  }

  /** Who the holder of the token says to be; for the audit only. */
  String actor() {
    String claimed = exchange.header(ACTOR).orElse("admin");
    return claimed.length() <= MAX_ACTOR ? claimed : claimed.substring(0, MAX_ACTOR);
  }
}
