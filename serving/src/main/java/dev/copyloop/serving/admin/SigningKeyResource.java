package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.secrets.SecretBox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** {@code …/workspaces/{workspace}/signing-keys}: taken, kept sealed, listed by id, never shown. */
final class SigningKeyResource {
  private static final String INSERT =
      "insert into signing_key (signing_key_id, org, workspace, sealed) values ($1, $2, $3, $4)";
  private static final String DELETE =
      "delete from signing_key where org = $1 and workspace = $2 and signing_key_id = $3";
  private static final String LIST =
      "select jsonb_build_object('signing_key_id', signing_key_id, 'created_at',"
          + " instant_text(created_at))::text from signing_key where org = $1 and workspace = $2"
          + " order by created_at, signing_key_id";

  private final AdminStore store;
  private final Pool pool;
  private final SecretBox secrets;

  SigningKeyResource(AdminStore store, Pool pool, SecretBox secrets) {
    this.store = store;
    this.pool = pool;
    this.secrets = secrets;
  }

  Future<AdminReply> post(AdminCall call) {
    AdminBody body = call.body();
    body.only("key");
    UUID id = UUID.randomUUID();
    String workspace = call.parameter("workspace");
    String sealed = secrets.seal(call.org(), SecretBox.Field.SIGNING_KEY, body.requiredText("key"));
    Tuple row = Tuple.of(id, call.org(), workspace, sealed);
    return existing(call)
        .compose(
            found ->
                store.change(
                    call,
                    new AdminStore.Subject(
                        "post", "signing key " + id + " of " + workspace, AdminStore::nothing),
                    connection -> connection.preparedQuery(INSERT).execute(row)))
        .map(
            done ->
                AdminReply.created(
                    Json.mapper().createObjectNode().put("signing_key_id", id.toString())));
  }

  private Future<Void> existing(AdminCall call) {
    String workspace = call.parameter("workspace");
    return store
        .org(call.org())
        .map(
            org -> {
              if (WorkspaceResource.workspace(org, workspace).isMissingNode()) {
                throw ProblemException.notFound(
                    "There is no workspace " + workspace + ": create it with PUT first");
              }
              return null;
            });
  }

  Future<AdminReply> list(AdminCall call) {
    return existing(call)
        .compose(
            found ->
                pool.preparedQuery(LIST).execute(Tuple.of(call.org(), call.parameter("workspace"))))
        .map(
            rows -> {
              ArrayNode keys = Json.mapper().createArrayNode();
              rows.forEach(row -> keys.add(AdminStore.tree(row.getString(0))));
              return AdminReply.ok(Json.mapper().createObjectNode().set("signing_keys", keys));
            });
  }

  Future<AdminReply> delete(AdminCall call) {
    UUID id = Names.id("signing_key_id", call.parameter("signing_key_id"));
    String workspace = call.parameter("workspace");
    return existing(call)
        .compose(
            found ->
                store.change(
                    call,
                    new AdminStore.Subject(
                        "delete", "signing key " + id + " of " + workspace, AdminStore::nothing),
                    connection ->
                        connection
                            .preparedQuery(DELETE)
                            .execute(Tuple.of(call.org(), workspace, id))
                            .map(AdminStore.found("signing key " + id))))
        .map(done -> AdminReply.deleted());
  }
}
