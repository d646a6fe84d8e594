package dev.copyloop.events.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonMembers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** The members of an org's document that hold its {@link Measurement}; each may be absent. */
final class MeasurementJson {

  private MeasurementJson() {}

  static Measurement read(JsonNode org) {
    return new Measurement(
        JsonMembers.list(
            org,
            "time_zone_changes",
            each ->
                new Measurement.TimeZoneChange(
                    JsonMembers.parsed(each, "from", Instant::parse),
                    JsonMembers.parsed(each, "time_zone", ZoneId::of))),
        JsonMembers.list(org, "custom_metrics", MeasurementJson::metric),
        JsonMembers.list(org, "experiments", MeasurementJson::experiment));
  }

  private static CustomMetric metric(JsonNode node) {
    return new CustomMetric(
        JsonMembers.text(node, "metric_id"),
        Math.toIntExact(JsonMembers.wholeNumber(node, "version")),
        source(node),
        JsonMembers.texts(node, "where"),
        JsonMembers.label(CustomMetric.Aggregate.class, node, "aggregate"),
        JsonMembers.parsed(node, "window", Duration::parse),
        JsonMembers.label(CustomMetric.Direction.class, node, "direction"),
        JsonMembers.label(CustomMetric.Role.class, node, "role"));
  }

  private static CustomMetric.Source source(JsonNode node) {
    if (node.hasNonNull("event_name")) {
      return new CustomMetric.OwnEvents(JsonMembers.text(node, "event_name"));
    }
    if (node.hasNonNull("engagement")) {
      return new Engagements(JsonMembers.label(Engagements.Kind.class, node, "engagement"));
    }
    throw new IllegalArgumentException("neither event_name nor engagement in " + node);
  }

  private static Experiment experiment(JsonNode node) {
    return new Experiment(
        JsonMembers.text(node, "template_id"),
        JsonMembers.parsed(node, "from", Instant::parse),
        JsonMembers.parsed(node, "control_share", BigDecimal::new),
        JsonMembers.text(node, "key_metric"),
        JsonMembers.parsed(node, "minimum_detectable_effect", BigDecimal::new),
        JsonMembers.parsed(node, "alpha", BigDecimal::new),
        JsonMembers.wholeNumber(node, "expected_units"));
  }

  static void write(ObjectNode org, Measurement measurement) {
    array(
        org,
        "time_zone_changes",
        measurement.timeZoneChanges(),
        each ->
            Json.mapper()
                .createObjectNode()
                .put("from", each.from().toString())
                .put("time_zone", each.timeZone().getId()));
    array(org, "custom_metrics", measurement.customMetrics(), MeasurementJson::write);
    array(org, "experiments", measurement.experiments(), MeasurementJson::write);
  }

  private static ObjectNode write(CustomMetric metric) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("metric_id", metric.id());
    node.put("version", metric.version());
    metric.eventName().ifPresent(name -> node.put("event_name", name));
    metric.engagement().ifPresent(kind -> node.put("engagement", kind.label()));
    ObjectNode where = node.putObject("where");
    metric.orderedWhere().forEach(where::put);
    node.put("aggregate", metric.aggregate().label());
    node.put("window", metric.window().toString());
    node.put("direction", metric.direction().label());
    node.put("role", metric.role().label());
    return node;
  }

  private static ObjectNode write(Experiment experiment) {
    return Json.mapper()
        .createObjectNode()
        .put("template_id", experiment.templateId())
        .put("from", experiment.from().toString())
        .put("control_share", experiment.controlShare().toPlainString())
        .put("key_metric", experiment.keyMetric())
        .put("minimum_detectable_effect", experiment.minimumDetectableEffect().toPlainString())
        .put("alpha", experiment.alpha().toPlainString())
        .put("expected_units", experiment.expectedUnits());
  }

  private static <T> void array(
      ObjectNode node, String name, List<T> items, Function<T, ObjectNode> write) {
    ArrayNode array = node.putArray(name);
    items.forEach(item -> array.add(write.apply(item)));
  }
}
