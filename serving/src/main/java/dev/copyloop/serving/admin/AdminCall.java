package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import java.util.Optional;

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

  /**
   * Holds the call to its {@code If-Match}, if it has one.
   *
   * @param now what is there, missing if nothing is
   * @throws ProblemException 412 if something else is there than it names
   */
  void requireMatch(JsonNode now) {
    Optional<String> wanted = exchange.header("If-Match");
    if (wanted.isPresent() && !EntityTag.matches(wanted.get(), now)) {
      throw ProblemException.of(
          Problem.Kind.PRECONDITION_FAILED,
          "If-Match does not name what is there now: read it again, apply the change to that, and"
              + " send its ETag");
    }
  }
}
