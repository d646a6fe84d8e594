package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.access.ApiKey;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code /api/admin/orgs/{org}/keys}: API keys. A key's text is in one answer, and nowhere else.
 */
final class KeyResource {
  private static final String INSERT =
      "insert into api_key (key_id, org, name, hash, scopes)"
          + " values ($1, $2, $3, $4, $5::text::jsonb)";
  private static final String DELETE = "delete from api_key where org = $1 and key_id = $2";
  private static final String LIST =
      "select jsonb_build_object('key_id', key_id, 'name', name, 'scopes', scopes, 'created_at',"
          + " instant_text(created_at))::text from api_key where org = $1"
          + " order by created_at, key_id";

  private final AdminStore store;
  private final Pool pool;

  KeyResource(AdminStore store, Pool pool) {
    this.store = store;
    this.pool = pool;
  }

  Future<AdminReply> post(AdminCall call) {
    AdminBody body = call.body();
    body.only("name", "scopes");
    List<String> scopes = scopes(body);
    String name = Names.plain("name", body.requiredText("name"));
    ApiKey key = ApiKey.create();
    Tuple row =
        Tuple.of(
            key.id(), call.org(), name, HexFormat.of().formatHex(key.hash()), Texts.json(scopes));
    ObjectNode answer =
        Json.mapper().createObjectNode().put("key_id", key.id()).put("key", key.text());
    answer.set("scopes", Texts.array(scopes));
    return store
        .org(call.org())
        .compose(
            org ->
                store.change(
                    call,
                    new AdminStore.Subject(
                        "post",
                        "key %s (%s) %s".formatted(key.id(), name, scopes),
                        AdminStore::nothing),
                    connection -> connection.preparedQuery(INSERT).execute(row)))
        .map(done -> AdminReply.created(answer));
  }

  private static List<String> scopes(AdminBody body) {
    List<String> scopes = body.texts("scopes").stream().distinct().sorted().toList();
    if (scopes.isEmpty()) {
      throw AdminBody.missing("scopes");
    }
    try {
      scopes.forEach(Scope::of);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(e.getMessage());
    }
    return scopes;
  }

  Future<AdminReply> list(AdminCall call) {
    return store
        .org(call.org())
        .compose(org -> pool.preparedQuery(LIST).execute(Tuple.of(call.org())))
        .map(
            rows -> {
              ArrayNode keys = Json.mapper().createArrayNode();
              rows.forEach(row -> keys.add(AdminStore.tree(row.getString(0))));
              return AdminReply.ok(Json.mapper().createObjectNode().set("keys", keys));
            });
  }

  Future<AdminReply> delete(AdminCall call) {
    String keyId = call.parameter("key_id");
    return store
        .org(call.org())
        .compose(
            org ->
                store.change(
                    call,
                    new AdminStore.Subject("delete", "key " + keyId, AdminStore::nothing),
                    connection ->
                        connection
                            .preparedQuery(DELETE)
                            .execute(Tuple.of(call.org(), keyId))
                            .map(AdminStore.found("key " + keyId))))
        .map(done -> AdminReply.deleted());
  }
}
