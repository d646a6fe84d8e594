package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.access.ApiKey;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code /api/admin/orgs/{org}/keys}: API keys. A key's text is in one answer, and nowhere else.
 */
final class KeyResource {
  /** So that a key can be replaced by a second one before it is revoked. */
  private static final int MAX_OF_A_NAME = 2;

  private static final String INSERT =
      "insert into api_key"
          + " (key_id, org, name, hash, scopes, requests_per_second, requests_per_day)"
          + " values ($1, $2, $3, $4, $5::text::jsonb, $6, $7)";
  private static final String OF_NAME = "select count(*) from api_key where org = $1 and name = $2";
  private static final String LIMIT =
      "update api_key set requests_per_second = $3, requests_per_day = $4"
          + " where org = $1 and key_id = $2";
  private static final String DELETE = "delete from api_key where org = $1 and key_id = $2";
  private static final String LIST =
      "select jsonb_strip_nulls(jsonb_build_object('key_id', key_id, 'name', name,"
          + " 'scopes', scopes, 'created_at', instant_text(created_at),"
          + " 'requests_per_second', requests_per_second, 'requests_per_day', requests_per_day,"
          + " 'last_used_at', (select instant_text(max(last_used_at)) from api_key_use u"
          + " where u.key_id = k.key_id)))::text from api_key k where org = $1"
          + " order by created_at, key_id";

  private final AdminStore store;
  private final Pool pool;

  KeyResource(AdminStore store, Pool pool) {
    this.store = store;
    this.pool = pool;
  }

  Future<AdminReply> post(AdminCall call) {
    AdminBody body = call.body();
    body.only("name", "scopes", "requests_per_second", "requests_per_day");
    List<String> scopes = scopes(body);
    String name = Names.plain("name", body.requiredText("name"));
    ApiKey key = ApiKey.create();
    Tuple row =
        Tuple.tuple(
            Arrays.asList(
                key.id(),
                call.org(),
                name,
                HexFormat.of().formatHex(key.hash()),
                Texts.json(scopes),
                body.count("requests_per_second").orElse(null),
                body.count("requests_per_day").map(Integer::longValue).orElse(null)));
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
                    connection ->
                        requireRoom(connection, call.org(), name)
                            .compose(room -> connection.preparedQuery(INSERT).execute(row))))
        .map(done -> AdminReply.created(answer));
  }

  private static Future<Void> requireRoom(SqlConnection connection, String org, String name) {
    return connection
        .preparedQuery(OF_NAME)
        .execute(Tuple.of(org, name))
        .map(
            rows -> {
              if (rows.iterator().next().getLong(0) >= MAX_OF_A_NAME) {
                throw ProblemException.conflict(
                    "There are two keys named '"
                        + name
                        + "' already: delete the one that is not used any more, or choose another"
                        + " name");
              }
              return null;
            });
  }

  /** Changes a key's limits; those left out are lifted. */
  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("requests_per_second", "requests_per_day");
    String keyId = call.parameter("key_id");
    Tuple row =
        Tuple.of(
            call.org(),
            keyId,
            body.count("requests_per_second").orElse(null),
            body.count("requests_per_day").map(Integer::longValue).orElse(null));
    return store
        .org(call.org())
        .compose(
            org ->
                store.change(
                    call,
                    new AdminStore.Subject("put", "limits of key " + keyId, AdminStore::nothing),
                    connection ->
                        connection
                            .preparedQuery(LIMIT)
                            .execute(row)
                            .map(AdminStore.found("key " + keyId))))
        .compose(done -> list(call));
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
