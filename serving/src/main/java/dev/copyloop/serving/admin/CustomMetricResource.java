package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/** {@code /api/admin/orgs/{org}/metrics/{metric_id}}: a change makes a new version. */
final class CustomMetricResource {
  private static final Versions VERSIONS =
      new Versions(
          "metric",
          "custom_metrics",
          "metric_id",
          "insert into custom_metric (org, metric_id, version, event_name, \"where\", aggregate,"
              + " \"window\", direction, role)"
              + " values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9)");

  private final AdminStore store;

  CustomMetricResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("event_name", "where", "aggregate", "window", "direction", "role");
    String metricId = Names.plain("metric_id", call.parameter("metric_id"));
    ObjectNode wanted = wanted(body);
    return VERSIONS.put(
        store,
        call,
        metricId,
        wanted,
        version ->
            Tuple.of(call.org(), metricId, version, wanted.get("event_name").asText())
                .addString(wanted.get("where").toString())
                .addString(wanted.get("aggregate").asText())
                .addString(wanted.get("window").asText())
                .addString(wanted.get("direction").asText())
                .addString(wanted.get("role").asText()));
  }

  private static ObjectNode wanted(AdminBody body) {
    ObjectNode wanted = Json.mapper().createObjectNode();
    wanted.put("event_name", body.requiredText("event_name"));
    ObjectNode where = wanted.putObject("where");
    body.node("where").ifPresent(given -> copy(given, where));
    return wanted
        .put("aggregate", body.requiredLabel("aggregate", CustomMetric.Aggregate.class).label())
        .put("window", RuleResource.window(body.requiredText("window")))
        .put(
            "direction",
            body.label("direction", CustomMetric.Direction.class)
                .orElse(CustomMetric.Direction.INCREASE)
                .label())
        .put(
            "role",
            body.label("role", CustomMetric.Role.class).orElse(CustomMetric.Role.NONE).label());
  }

  private static void copy(JsonNode given, ObjectNode where) {
    if (!given.isObject()) {
      throw ProblemException.invalid("where must be an object, such as {\"plan\": \"pro\"}");
    }
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      if (!property.getValue().isTextual()) {
        throw ProblemException.invalid(
            "where." + property.getKey() + " must be the text that the property has to equal");
      }
      where.put(property.getKey(), property.getValue().asText());
    }
  }
}
