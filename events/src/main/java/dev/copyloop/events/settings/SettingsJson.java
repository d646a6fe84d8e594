package dev.copyloop.events.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads and writes {@link Settings}: the document that PostgreSQL hands out, that serving keeps on
 * disk, and that the batch stores as {@code settings/<sha>.json}. Equal settings give equal bytes.
 * Thread-safe.
 */
public final class SettingsJson {
  private SettingsJson() {}

  /**
   * Reads a settings document. Unknown members are ignored.
   *
   * @throws IOException if it is not JSON or a value is missing or wrong; the message names it
   */
  public static Settings read(String document) throws IOException {
    try {
      return settings(Json.mapper().readTree(document));
    } catch (JsonProcessingException e) {
      throw new IOException("Cannot read settings: not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("Cannot read settings: " + e.getMessage(), e);
    }
  }

  private static Settings settings(JsonNode node) {
    return new Settings(required(node, "version").asLong(), list(node, "orgs", SettingsJson::org));
  }

  private static Org org(JsonNode node) {
    return new Org(
        text(node, "slug"),
        ZoneId.of(text(node, "time_zone")),
        label(UserKey.class, node, "user_key"),
        label(UserKey.class, node, "event_user_key"),
        list(node, "internal_recipients", JsonNode::asText),
        list(node, "workspaces", SettingsJson::workspace),
        list(node, "templates", SettingsJson::template),
        list(node, "rules", SettingsJson::rule));
  }

  private static Workspace workspace(JsonNode node) {
    return new Workspace(
        text(node, "name"),
        text(node, "region"),
        label(AttributeScope.class, node, "default_attribute_scope"),
        list(
            node,
            "first_occurrence_only",
            each ->
                new Workspace.FirstOccurrenceOnly(
                    Instant.parse(text(each, "from")), required(each, "enabled").asBoolean())));
  }

  private static Template template(JsonNode node) {
    return new Template(
        text(node, "template_id"),
        label(Channel.class, node, "channel"),
        optional(node, "fallback_copy_id"),
        list(node, "variants", SettingsJson::variant),
        list(node, "bindings", SettingsJson::binding));
  }

  private static Variant variant(JsonNode node) {
    return new Variant(
        text(node, "copy_id"),
        text(node, "key"),
        label(Variant.Status.class, node, "status"),
        Optional.ofNullable(node.get("filter")).filter(filter -> !filter.isNull()),
        list(
            node,
            "texts",
            each -> new Variant.Texts(Instant.parse(text(each, "valid_from")), vars(each))));
  }

  private static Map<String, String> vars(JsonNode node) {
    Map<String, String> vars = new LinkedHashMap<>();
    required(node, "vars")
        .properties()
        .forEach(var -> vars.put(var.getKey(), var.getValue().asText()));
    return vars;
  }

  private static Binding binding(JsonNode node) {
    return new Binding(
        text(node, "id"),
        text(node, "workspace"),
        optional(node, "campaign_id"),
        optional(node, "broadcast_id"),
        optional(node, "webhook_action_id"),
        list(node, "message_action_ids", JsonNode::asText),
        list(node, "control_action_ids", JsonNode::asText),
        label(AttributeScope.class, node, "attribute_scope"),
        new BigDecimal(text(node, "control_share")),
        Instant.parse(text(node, "valid_from")),
        optional(node, "valid_to").map(Instant::parse));
  }

  private static AttributionRule rule(JsonNode node) {
    return new AttributionRule(
        text(node, "rule_id"),
        required(node, "version").asInt(),
        text(node, "event_name"),
        label(AttributionRule.Touch.class, node, "touch"),
        label(AttributionRule.Model.class, node, "model"),
        Duration.parse(text(node, "window")));
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("no " + name + " in " + abbreviated(node));
    }
    return value;
  }

  private static String text(JsonNode node, String name) {
    return required(node, name).asText();
  }

  private static Optional<String> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name))
        .filter(value -> !value.isNull())
        .map(JsonNode::asText);
  }

  private static <E extends Enum<E>> E label(Class<E> type, JsonNode node, String name) {
    return Enum.valueOf(type, text(node, name).toUpperCase(Locale.ROOT));
  }

  private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    JsonNode array = node.get(name);
    if (array != null) {
      array.forEach(item -> items.add(read.apply(item)));
    }
    return items;
  }

  private static String abbreviated(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** The document of these settings, UTF-8 text without line feeds. */
  public static String write(Settings settings) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("version", settings.version());
    array(node, "orgs", settings.orgs(), SettingsJson::write);
    return node.toString();
  }

  private static ObjectNode write(Org org) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("slug", org.slug());
    node.put("time_zone", org.timeZone().getId());
    node.put("user_key", org.userKey().label());
    node.put("event_user_key", org.eventUserKey().label());
    ArrayNode internal = node.putArray("internal_recipients");
    org.internalRecipients().forEach(internal::add);
    array(node, "workspaces", org.workspaces(), SettingsJson::write);
    array(node, "templates", org.templates(), SettingsJson::write);
    array(node, "rules", org.rules(), SettingsJson::write);
    return node;
  }

  private static ObjectNode write(Workspace workspace) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("name", workspace.name());
    node.put("region", workspace.region());
    node.put("default_attribute_scope", workspace.defaultAttributeScope().label());
    array(
        node,
        "first_occurrence_only",
        workspace.firstOccurrenceOnly(),
        each ->
            Json.mapper()
                .createObjectNode()
                .put("from", each.from().toString())
                .put("enabled", each.enabled()));
    return node;
  }

  private static ObjectNode write(Template template) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("template_id", template.id());
    node.put("channel", template.channel().label());
    template.fallbackCopyId().ifPresent(copyId -> node.put("fallback_copy_id", copyId));
    array(node, "variants", template.variants(), SettingsJson::write);
    array(node, "bindings", template.bindings(), SettingsJson::write);
    return node;
  }

  private static ObjectNode write(Variant variant) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("copy_id", variant.copyId());
    node.put("key", variant.key());
    node.put("status", variant.status().name().toLowerCase(Locale.ROOT));
    variant.filter().ifPresent(filter -> node.set("filter", filter));
    array(node, "texts", variant.texts(), SettingsJson::write);
    return node;
  }

  private static ObjectNode write(Variant.Texts texts) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("valid_from", texts.validFrom().toString());
    ObjectNode vars = node.putObject("vars");
    new TreeMap<>(texts.vars()).forEach(vars::put);
    return node;
  }

  private static ObjectNode write(Binding binding) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", binding.id());
    node.put("workspace", binding.workspace());
    binding.campaignId().ifPresent(id -> node.put("campaign_id", id));
    binding.broadcastId().ifPresent(id -> node.put("broadcast_id", id));
    binding.webhookActionId().ifPresent(id -> node.put("webhook_action_id", id));
    ArrayNode messages = node.putArray("message_action_ids");
    binding.messageActionIds().forEach(messages::add);
    ArrayNode controls = node.putArray("control_action_ids");
    binding.controlActionIds().forEach(controls::add);
    node.put("attribute_scope", binding.attributeScope().label());
    node.put("control_share", binding.controlShare().toPlainString());
    node.put("valid_from", binding.validFrom().toString());
    binding.validTo().ifPresent(time -> node.put("valid_to", time.toString()));
    return node;
  }

  private static ObjectNode write(AttributionRule rule) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("rule_id", rule.id());
    node.put("version", rule.version());
    node.put("event_name", rule.eventName());
    node.put("touch", rule.touch().label());
    node.put("model", rule.model().label());
    node.put("window", rule.window().toString());
    return node;
  }

  private static <T> void array(
      ObjectNode node, String name, List<T> items, Function<T, ObjectNode> write) {
    ArrayNode array = node.putArray(name);
    items.forEach(item -> array.add(write.apply(item)));
  }
}
