package dev.copyloop.events.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonMembers;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
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
    return reading("settings", () -> settings(Json.mapper().readTree(document)));
  }

  /** Reads a document or a part of one. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Says of a failure what was read.
   *
   * @throws IOException if it is not JSON or a value is missing or wrong; the message names it
   */
  static <T> T reading(String what, Reading<T> document) throws IOException {
    try {
      return document.read();
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot read %s: not JSON: %s".formatted(what, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("Cannot read %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static Settings settings(JsonNode node) {
    return new Settings(
        JsonMembers.wholeNumber(node, "version"),
        JsonMembers.list(node, "orgs", SettingsJson::org));
  }

  static Org org(JsonNode node) {
    return new Org(
        JsonMembers.text(node, "slug"),
        JsonMembers.parsed(node, "time_zone", ZoneId::of),
        JsonMembers.label(UserKey.class, node, "user_key"),
        JsonMembers.label(UserKey.class, node, "event_user_key"),
        JsonMembers.strings(node, "internal_recipients"),
        JsonMembers.list(node, "workspaces", SettingsJson::workspace),
        JsonMembers.list(node, "templates", SettingsJson::template),
        JsonMembers.list(node, "rules", SettingsJson::rule),
        node.hasNonNull("exports")
            ? ExportSettingsJson.read(node.get("exports"))
            : ExportSettings.DEFAULT,
        MeasurementJson.read(node));
  }

  private static Workspace workspace(JsonNode node) {
    return new Workspace(
        JsonMembers.text(node, "name"),
        JsonMembers.text(node, "region"),
        JsonMembers.label(AttributeScope.class, node, "default_attribute_scope"),
        JsonMembers.list(
            node,
            "first_occurrence_only",
            each ->
                new Workspace.FirstOccurrenceOnly(
                    JsonMembers.parsed(each, "from", Instant::parse),
                    JsonMembers.flag(each, "enabled"))));
  }

  /**
   * Reads one template as it stands in a settings document, UTF-8.
   *
   * @throws IOException if it is not JSON or a value is missing or wrong; the message names it
   */
  public static Template readTemplate(byte[] document) throws IOException {
    return reading("the template", () -> template(Json.mapper().readTree(document)));
  }

  private static Template template(JsonNode node) {
    return new Template(
        JsonMembers.text(node, "template_id"),
        JsonMembers.label(Channel.class, node, "channel"),
        JsonMembers.optional(node, "fallback_copy_id"),
        JsonMembers.optional(node, "control_copy_id"),
        JsonMembers.list(node, "splits", SettingsJson::split),
        JsonMembers.list(node, "variants", SettingsJson::variant),
        JsonMembers.list(node, "bindings", SettingsJson::binding));
  }

  private static Split split(JsonNode node) {
    return new Split(
        JsonMembers.parsed(node, "from", Instant::parse),
        JsonMembers.label(Split.Mode.class, node, "mode"),
        JsonMembers.parsed(node, "control_share", BigDecimal::new));
  }

  private static Variant variant(JsonNode node) {
    return new Variant(
        JsonMembers.text(node, "copy_id"),
        JsonMembers.text(node, "key"),
        JsonMembers.label(Variant.Status.class, node, "status"),
        Optional.ofNullable(node.get("filter")).filter(filter -> !filter.isNull()),
        JsonMembers.list(
            node,
            "texts",
            each ->
                new Variant.Texts(
                    JsonMembers.parsed(each, "valid_from", Instant::parse),
                    JsonMembers.texts(each, "vars"))));
  }

  private static Binding binding(JsonNode node) {
    return new Binding(
        JsonMembers.text(node, "id"),
        JsonMembers.text(node, "workspace"),
        JsonMembers.optional(node, "campaign_id"),
        JsonMembers.optional(node, "broadcast_id"),
        JsonMembers.optional(node, "webhook_action_id"),
        JsonMembers.strings(node, "message_action_ids"),
        JsonMembers.strings(node, "control_action_ids"),
        JsonMembers.label(AttributeScope.class, node, "attribute_scope"),
        JsonMembers.parsed(node, "control_share", BigDecimal::new),
        JsonMembers.parsed(node, "valid_from", Instant::parse),
        JsonMembers.optional(node, "valid_to")
            .map(any -> JsonMembers.parsed(node, "valid_to", Instant::parse)));
  }

  /**
   * Reads one rule, as the admin API takes it and with its {@code rule_id}; version 1 if it names
   * none.
   *
   * @throws IOException if it is not JSON or a value is missing or wrong; the message names it
   */
  public static AttributionRule readRule(String document) throws IOException {
    try {
      if (!(Json.mapper().readTree(document) instanceof ObjectNode rule)) {
        throw new IOException("Cannot read the rule: expected one JSON object");
      }
      return rule(rule.has("version") ? rule : rule.put("version", 1));
    } catch (JsonProcessingException e) {
      throw new IOException("Cannot read the rule: not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("Cannot read the rule: " + e.getMessage(), e);
    }
  }

  private static AttributionRule rule(JsonNode node) {
    return new AttributionRule(
        JsonMembers.text(node, "rule_id"),
        Math.toIntExact(JsonMembers.wholeNumber(node, "version")),
        JsonMembers.text(node, "event_name"),
        JsonMembers.label(AttributionRule.Touch.class, node, "touch"),
        JsonMembers.label(AttributionRule.Model.class, node, "model"),
        JsonMembers.parsed(node, "window", Duration::parse));
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
    node.set("exports", ExportSettingsJson.write(org.exports()));
    MeasurementJson.write(node, org.measurement());
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
    template.controlCopyId().ifPresent(copyId -> node.put("control_copy_id", copyId));
    array(node, "splits", template.splits(), SettingsJson::write);
    array(node, "variants", template.variants(), SettingsJson::write);
    array(node, "bindings", template.bindings(), SettingsJson::write);
    return node;
  }

  private static ObjectNode write(Split split) {
    return Json.mapper()
        .createObjectNode()
        .put("from", split.from().toString())
        .put("mode", split.mode().label())
        .put("control_share", split.controlShare().toPlainString());
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
