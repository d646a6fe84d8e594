package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.Duration;

/** {@code /api/admin/orgs/{org}/rules/{rule_id}}: a change makes a new version. */
final class RuleResource {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Versions VERSIONS =
      new Versions(
          "rule",
          "rules",
          "rule_id",
          "insert into rule (org, rule_id, version, event_name, touch, model, \"window\")"
              + " values ($1, $2, $3, $4, $5, $6, $7)");

  private final AdminStore store;

  RuleResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("event_name", "touch", "model", "window");
    String ruleId = Names.plain("rule_id", call.parameter("rule_id"));
    ObjectNode wanted =
        Json.mapper()
            .createObjectNode()
            .put("event_name", body.requiredText("event_name"))
            .put("touch", body.requiredLabel("touch", AttributionRule.Touch.class).label())
            .put("model", body.requiredLabel("model", AttributionRule.Model.class).label())
            .put("window", window(body.requiredText("window")).toString());
    return VERSIONS.put(
        store,
        call,
        ruleId,
        wanted,
        version ->
            Tuple.of(call.org(), ruleId, version, wanted.get("event_name").asText())
                .addString(wanted.get("touch").asText())
                .addString(wanted.get("model").asText())
                .addString(wanted.get("window").asText()));
  }

  static Duration window(String text) {
    Duration window;
    try {
      window = Duration.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.invalid(
          "window must be an ISO 8601 duration such as P14D or PT36H, not '" + text + "'");
    }
    if (window.isZero() || window.isNegative() || window.compareTo(LONGEST) > 0) {
      throw ProblemException.invalid("window must be above zero and at most 366 days");
    }
    return window;
  }
}
