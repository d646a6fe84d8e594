package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /api/admin/orgs/{org}/metrics/{metric_id}}: a change makes a new version. */
final class CustomMetricResource {
  private static final Versions VERSIONS =
      new Versions(
          "metric",
          "custom_metrics",
          "metric_id",
          "insert into custom_metric (org, metric_id, version, event_name, \"where\", aggregate,"
              + " \"window\", direction, role, engagement)"
              + " values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10)");

  private final AdminStore store;

  CustomMetricResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("event_name", "engagement", "where", "aggregate", "window", "direction", "role");
    String metricId = Names.plain("metric_id", call.parameter("metric_id"));
    CustomMetric metric = metric(metricId, body);
    return VERSIONS.put(
        store,
        call,
        metricId,
        wanted(metric),
        version ->
            Tuple.of(call.org(), metricId, version, metric.eventName().orElse(null))
                .addString(written(metric.orderedWhere()).toString())
                .addString(metric.aggregate().label())
                .addString(metric.window().toString())
                .addString(metric.direction().label())
                .addString(metric.role().label())
                .addString(metric.engagement().map(Engagements.Kind::label).orElse(null)));
  }

  private static CustomMetric metric(String id, AdminBody body) {
    CustomMetric.Source source = source(body);
    Map<String, String> where =
        body.node("where").map(CustomMetricResource::where).orElse(Map.of());
    CustomMetric.Aggregate aggregate =
        body.requiredLabel("aggregate", CustomMetric.Aggregate.class);
    Duration window = RuleResource.window(body.requiredText("window"));
    CustomMetric.Direction direction =
        body.label("direction", CustomMetric.Direction.class)
            .orElse(CustomMetric.Direction.INCREASE);
    CustomMetric.Role role =
        body.label("role", CustomMetric.Role.class).orElse(CustomMetric.Role.NONE);
    try {
      return new CustomMetric(id, 1, source, where, aggregate, window, direction, role);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(e.getMessage());
    }
  }

  private static CustomMetric.Source source(AdminBody body) {
    Optional<String> eventName = body.text("event_name");
    Optional<Engagements.Kind> engagement = body.label("engagement", Engagements.Kind.class);
    if (eventName.isPresent() == engagement.isPresent()) {
      throw ProblemException.invalid(
          "Name what the metric is made of: either event_name, events of your own, or engagement,"
              + " what happens to the messages");
    }
    return eventName
        .<CustomMetric.Source>map(CustomMetric.OwnEvents::new)
        .orElseGet(() -> new Engagements(engagement.orElseThrow()));
  }

  private static Map<String, String> where(JsonNode given) {
    if (!given.isObject()) {
      throw ProblemException.invalid("where must be an object, such as {\"plan\": \"pro\"}");
    }
    Map<String, String> where = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      if (!property.getValue().isTextual()) {
        throw ProblemException.invalid(
            "where." + property.getKey() + " must be the text that the property has to equal");
      }
      where.put(property.getKey(), property.getValue().asText());
    }
    return where;
  }

  /** A version's members, as the org's document has them. */
  private static ObjectNode wanted(CustomMetric metric) {
    ObjectNode wanted = Json.mapper().createObjectNode();
    metric.eventName().ifPresent(name -> wanted.put("event_name", name));
    metric.engagement().ifPresent(kind -> wanted.put("engagement", kind.label()));
    wanted.set("where", written(metric.orderedWhere()));
    return wanted
        .put("aggregate", metric.aggregate().label())
        .put("window", metric.window().toString())
        .put("direction", metric.direction().label())
        .put("role", metric.role().label());
  }

  private static ObjectNode written(Map<String, String> where) {
    ObjectNode node = Json.mapper().createObjectNode();
    where.forEach(node::put);
    return node;
  }
}
