package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code …/templates/{template_id}/bindings}: where a template is used, and since when. */
final class BindingResource {
  private static final String INSERT =
      "insert into binding (id, org, template_id, workspace, campaign_id, broadcast_id,"
          + " webhook_action_id, message_action_ids, control_action_ids, attribute_scope,"
          + " control_share, valid_from, valid_to)"
          + " values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9::text::jsonb, $10, $11, $12,"
          + " $13)";
  private static final String UPDATE =
      "update binding set workspace = $4, campaign_id = $5, broadcast_id = $6,"
          + " webhook_action_id = $7, message_action_ids = $8::text::jsonb,"
          + " control_action_ids = $9::text::jsonb, attribute_scope = $10, control_share = $11,"
          + " valid_from = $12, valid_to = $13"
          + " where id = $1 and org = $2 and template_id = $3";
  private static final String DELETE =
      "delete from binding where id = $1 and org = $2 and template_id = $3";

  private final AdminStore store;

  BindingResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> post(AdminCall call) {
    UUID id = UUID.randomUUID();
    return write(call, "post", id, INSERT).map(binding -> AdminReply.tagged(201, binding));
  }

  Future<AdminReply> put(AdminCall call) {
    UUID id = Names.id("binding_id", call.parameter("binding_id"));
    return write(call, "put", id, UPDATE).map(binding -> AdminReply.tagged(200, binding));
  }

  Future<AdminReply> get(AdminCall call) {
    UUID id = Names.id("binding_id", call.parameter("binding_id"));
    return store
        .org(call.org())
        .map(
            org -> {
              TemplateResource.existing(org, call);
              JsonNode binding = binding(org, call, id);
              if (binding.isMissingNode()) {
                throw ProblemException.notFound("There is no binding " + id);
              }
              return AdminReply.tagged(200, binding);
            });
  }

  private Future<JsonNode> write(AdminCall call, String action, UUID id, String statement) {
    AdminBody body = call.body();
    body.only(
        "workspace",
        "campaign_id",
        "broadcast_id",
        "webhook_action_id",
        "message_action_ids",
        "control_action_ids",
        "attribute_scope",
        "control_share",
        "valid_from",
        "valid_to");
    return store
        .org(call.org())
        .compose(
            org -> {
              TemplateResource.existing(org, call);
              Tuple row = row(call, id, workspace(org, body));
              return store.changeMatched(
                  call,
                  subject(action, call, id),
                  connection ->
                      connection
                          .preparedQuery(statement)
                          .execute(row)
                          .map(AdminStore.found("binding " + id)));
            })
        .compose(done -> store.org(call.org()))
        .map(org -> binding(org, call, id));
  }

  private static JsonNode workspace(JsonNode org, AdminBody body) {
    String name = body.requiredText("workspace");
    JsonNode workspace = WorkspaceResource.workspace(org, name);
    if (workspace.isMissingNode()) {
      throw ProblemException.conflict(
          "There is no workspace " + name + ": create it with PUT …/workspaces/" + name);
    }
    return workspace;
  }

  private static Tuple row(AdminCall call, UUID id, JsonNode workspace) {
    AdminBody body = call.body();
    Optional<String> campaign = body.text("campaign_id");
    Optional<String> broadcast = body.text("broadcast_id");
    if (campaign.isPresent() == broadcast.isPresent()) {
      throw ProblemException.invalid("Send either campaign_id or broadcast_id");
    }
    return Tuple.tuple(
        Arrays.asList(
            id,
            call.org(),
            call.parameter("template_id"),
            workspace.get("name").asText(),
            campaign.orElse(null),
            broadcast.orElse(null),
            body.text("webhook_action_id").orElse(null),
            ids(body, "message_action_ids"),
            ids(body, "control_action_ids"),
            body.label("attribute_scope", AttributeScope.class)
                .map(AttributeScope::label)
                .orElse(workspace.get("default_attribute_scope").asText()),
            body.share("control_share").orElse(BigDecimal.ZERO),
            time(body.instant("valid_from").orElseGet(Instant::now)),
            body.instant("valid_to").map(BindingResource::time).orElse(null)));
  }

  private static String ids(AdminBody body, String name) {
    List<String> ids = body.texts(name).stream().distinct().toList();
    return Texts.json(ids);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  Future<AdminReply> delete(AdminCall call) {
    UUID id = Names.id("binding_id", call.parameter("binding_id"));
    return store
        .org(call.org())
        .compose(
            org ->
                store.changeMatched(
                    call,
                    subject("delete", call, id),
                    connection ->
                        connection
                            .preparedQuery(DELETE)
                            .execute(Tuple.of(id, call.org(), call.parameter("template_id")))
                            .map(AdminStore.found("binding " + id))))
        .map(done -> AdminReply.deleted());
  }

  private static AdminStore.Subject subject(String action, AdminCall call, UUID id) {
    return new AdminStore.Subject(
        action,
        "binding %s of template %s".formatted(id, call.parameter("template_id")),
        org -> binding(org, call, id));
  }

  private static JsonNode binding(JsonNode org, AdminCall call, UUID id) {
    return AdminStore.item(
        TemplateResource.template(org, call).path("bindings"), "id", id.toString());
  }
}
