package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Variant.Status;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * {@code …/templates/{template_id}/variants}. The texts of a variant that people got are history:
 * only a typo in them is corrected, and the correction is dated.
 */
final class VariantResource {
  private static final String INSERT =
      "insert into variant (org, copy_id, template_id, key, status, filter)"
          + " values ($1, $2, $3, $4, $5, $6::text::jsonb)";
  private static final String INSERT_TEXT =
      "insert into variant_text (org, copy_id, valid_from, vars)"
          + " values ($1, $2, clock_timestamp(), $3::text::jsonb)";
  private static final String FORGET_DRAFT =
      "delete from variant_text where org = $1 and copy_id = $2";
  private static final String LOCK =
      "select served_at is not null from variant where org = $1 and copy_id = $2 for update";
  private static final String UPDATE =
      "update variant set key = $3, status = $4, filter = $5::text::jsonb"
          + " where org = $1 and copy_id = $2";

  private final AdminStore store;
  private final ServedCopies served;

  VariantResource(AdminStore store, ServedCopies served) {
    this.store = store;
    this.served = served;
  }

  Future<AdminReply> post(AdminCall call) {
    AdminBody body = call.body();
    body.only("copy_id", "key", "status", "filter", "vars");
    UUID copyId = body.text("copy_id").map(Names::copyId).orElseGet(UUID::randomUUID);
    String key = Names.plain("key", body.requiredText("key"));
    Status status = body.label("status", Status.class).orElse(Status.ACTIVE);
    Map<String, String> vars = body.vars("vars").orElseThrow(() -> AdminBody.missing("vars"));
    Tuple row =
        Tuple.of(
            call.org(),
            copyId,
            call.parameter("template_id"),
            key,
            label(status),
            body.node("filter").map(JsonNode::toString).orElse(null));
    return store
        .org(call.org())
        .map(org -> TemplateResource.existing(org, call))
        .compose(
            template ->
                store.change(
                    call,
                    subject("post", call, copyId),
                    connection ->
                        connection
                            .preparedQuery(INSERT)
                            .execute(row)
                            .compose(done -> insertText(connection, call, copyId, vars))))
        .compose(done -> variant(call, copyId))
        .map(variant -> AdminReply.tagged(201, variant));
  }

  private static Future<RowSet<Row>> insertText(
      SqlConnection connection, AdminCall call, UUID copyId, Map<String, String> vars) {
    ObjectNode texts = Json.mapper().createObjectNode();
    vars.forEach(texts::put);
    return connection
        .preparedQuery(INSERT_TEXT)
        .execute(Tuple.of(call.org(), copyId, texts.toString()));
  }

  Future<AdminReply> put(AdminCall call) {
    call.body().only("key", "status", "filter", "vars", "typo");
    UUID copyId = Names.copyId(call.parameter("copy_id"));
    return store
        .org(call.org())
        .compose(
            org ->
                store.edit(
                    call,
                    subject("put", call, copyId),
                    (connection, before) -> {
                      JsonNode variant = existing(before, call, copyId);
                      call.requireMatch(variant);
                      return update(connection, call, copyId, variant);
                    }))
        .compose(done -> variant(call, copyId))
        .map(variant -> AdminReply.tagged(200, variant));
  }

  Future<AdminReply> get(AdminCall call) {
    return variant(call, Names.copyId(call.parameter("copy_id")))
        .map(variant -> AdminReply.tagged(200, variant));
  }

  private Future<RowSet<Row>> update(
      SqlConnection connection, AdminCall call, UUID copyId, JsonNode before) {
    AdminBody body = call.body();
    String key = body.text("key").orElse(before.get("key").asText());
    String status =
        body.label("status", Status.class)
            .map(VariantResource::label)
            .orElse(before.get("status").asText());
    String filter =
        body.has("filter")
            ? body.node("filter").map(JsonNode::toString).orElse(null)
            : filterOf(before);
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(call.org(), copyId))
        .compose(
            rows -> {
              boolean isServed =
                  rows.iterator().next().getBoolean(0)
                      || served.servedHere(call.org(), copyId.toString());
              return correctTexts(connection, call, copyId, before, isServed);
            })
        .compose(
            done ->
                connection
                    .preparedQuery(UPDATE)
                    .execute(
                        Tuple.of(call.org(), copyId, Names.plain("key", key), status, filter)));
  }

  private static String filterOf(JsonNode before) {
    return before.has("filter") ? before.get("filter").toString() : null;
  }

  private static Future<?> correctTexts(
      SqlConnection connection, AdminCall call, UUID copyId, JsonNode before, boolean isServed) {
    AdminBody body = call.body();
    Map<String, String> vars = body.vars("vars").orElse(Map.of());
    if (vars.isEmpty() || vars.equals(latest(before))) {
      return Future.succeededFuture();
    }
    if (!isServed) {
      return connection
          .preparedQuery(FORGET_DRAFT)
          .execute(Tuple.of(call.org(), copyId))
          .compose(done -> insertText(connection, call, copyId, vars));
    }
    if (!body.flag("typo").orElse(false)) {
      throw ProblemException.conflict(
          "This variant was served with other texts: create a new variant, or send"
              + " \"typo\": true if the meaning stays the same");
    }
    return insertText(connection, call, copyId, vars);
  }

  private static Map<String, String> latest(JsonNode variant) {
    JsonNode texts = variant.get("texts");
    Map<String, String> vars = new HashMap<>();
    texts
        .get(texts.size() - 1)
        .get("vars")
        .properties()
        .forEach(text -> vars.put(text.getKey(), text.getValue().asText()));
    return vars;
  }

  private Future<JsonNode> variant(AdminCall call, UUID copyId) {
    return store.org(call.org()).map(org -> existing(org, call, copyId));
  }

  private static JsonNode existing(JsonNode org, AdminCall call, UUID copyId) {
    JsonNode variant =
        AdminStore.item(
            TemplateResource.existing(org, call).path("variants"), "copy_id", copyId.toString());
    if (variant.isMissingNode()) {
      throw ProblemException.notFound("There is no variant " + copyId);
    }
    return variant;
  }

  private static AdminStore.Subject subject(String action, AdminCall call, UUID copyId) {
    return new AdminStore.Subject(
        action,
        "variant " + copyId,
        org ->
            AdminStore.item(
                TemplateResource.template(org, call).path("variants"),
                "copy_id",
                copyId.toString()));
  }

  private static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
