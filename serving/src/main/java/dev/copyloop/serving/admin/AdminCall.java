package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.Exchange;

/**
 * One call of the admin API.
 *
 * @param actor who it is, for the audit
 */
record AdminCall(Exchange exchange, AdminBody body, String actor) {

  String parameter(String name) {
    return exchange.parameter(name);
  }

  String org() {
    return parameter("org");
  }
}
