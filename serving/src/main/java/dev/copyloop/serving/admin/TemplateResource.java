package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/admin/orgs/{org}/templates/{template_id}}. */
final class TemplateResource {
  private static final String PUT =
      "insert into template (org, template_id, channel, fallback_copy_id, control_copy_id)"
          + " values ($1, $2, $3, $4, $5)"
          + " on conflict (org, template_id) do update set channel = excluded.channel,"
          + " fallback_copy_id = excluded.fallback_copy_id,"
          + " control_copy_id = excluded.control_copy_id";

  private final AdminStore store;

  TemplateResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("channel", "fallback_copy_id", "control_copy_id");
    String templateId = Names.template(call.parameter("template_id"));
    Channel channel = body.requiredLabel("channel", Channel.class);
    Optional<UUID> fallback = body.text("fallback_copy_id").map(Names::copyId);
    Optional<UUID> control = body.text("control_copy_id").map(Names::copyId);
    Tuple row =
        Tuple.of(
            call.org(), templateId, channel.label(), fallback.orElse(null), control.orElse(null));
    return store
        .org(call.org())
        .compose(
            org ->
                store.changeMatched(
                    call,
                    new AdminStore.Subject(
                        "put", "template " + templateId, document -> template(document, call)),
                    connection -> connection.preparedQuery(PUT).execute(row)))
        .compose(done -> get(call));
  }

  Future<AdminReply> get(AdminCall call) {
    return store.org(call.org()).map(org -> AdminReply.tagged(200, existing(org, call)));
  }

  static JsonNode template(JsonNode org, AdminCall call) {
    return AdminStore.item(org.path("templates"), "template_id", call.parameter("template_id"));
  }

  /** The call's template, or 404. */
  static JsonNode existing(JsonNode org, AdminCall call) {
    JsonNode template = template(org, call);
    if (template.isMissingNode()) {
      throw ProblemException.notFound(
          "There is no template " + call.parameter("template_id") + ": create it with PUT first");
    }
    return template;
  }
}
