package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.Duration;

/** {@code /api/admin/orgs/{org}/rules/{rule_id}}: a change makes a new version. */
final class RuleResource {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String INSERT =
      "insert into rule (org, rule_id, version, event_name, touch, model, \"window\")"
          + " values ($1, $2, $3, $4, $5, $6, $7)";

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
            .put("window", window(body.requiredText("window")));
    return store
        .org(call.org())
        .compose(
            org ->
                store.edit(
                    call,
                    new AdminStore.Subject("put", "rule " + ruleId, part -> latest(part, ruleId)),
                    (connection, before) -> newVersion(connection, call, ruleId, before, wanted)))
        .compose(done -> store.org(call.org()))
        .map(org -> AdminReply.ok(latest(org, ruleId)));
  }

  /** No new version for what is there already. */
  private static Future<?> newVersion(
      SqlConnection connection, AdminCall call, String ruleId, JsonNode before, ObjectNode wanted) {
    JsonNode latest = latest(before, ruleId);
    if (isSame(latest, wanted)) {
      return Future.succeededFuture();
    }
    Tuple row =
        Tuple.of(
                call.org(),
                ruleId,
                latest.path("version").asInt(0) + 1,
                wanted.get("event_name").asText(),
                wanted.get("touch").asText(),
                wanted.get("model").asText())
            .addString(wanted.get("window").asText());
    return connection.preparedQuery(INSERT).execute(row);
  }

  private static boolean isSame(JsonNode latest, ObjectNode wanted) {
    return wanted.properties().stream()
        .allMatch(member -> member.getValue().equals(latest.get(member.getKey())));
  }

  /** The highest version: rules come in ascending order. */
  private static JsonNode latest(JsonNode org, String ruleId) {
    JsonNode latest = MissingNode.getInstance();
    for (JsonNode rule : org.path("rules")) {
      latest = rule.get("rule_id").asText().equals(ruleId) ? rule : latest;
    }
    return latest;
  }

  static String window(String text) {
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
    return window.toString();
  }
}
