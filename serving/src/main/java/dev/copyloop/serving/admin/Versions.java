package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.function.IntFunction;

/**
 * Settings whose change makes a new version beside the earlier ones, which figures were computed
 * by.
 *
 * @param kind what one is called, for the audit
 * @param part the array of the org's document that holds all versions, in ascending order
 * @param idMember which member tells whose versions they are
 * @param insert the statement that writes one
 */
record Versions(String kind, String part, String idMember, String insert) {

  /**
   * Writes a new version, unless the latest is just so.
   *
   * @param wanted its members, without id and version
   * @param row the statement's parameters for a version
   */
  Future<AdminReply> put(
      AdminStore store, AdminCall call, String id, ObjectNode wanted, IntFunction<Tuple> row) {
    return store
        .org(call.org())
        .compose(
            org ->
                store.edit(
                    call,
                    new AdminStore.Subject("put", kind + " " + id, after -> latest(after, id)),
                    (connection, before) -> {
                      JsonNode latest = latest(before, id);
                      return isSame(latest, wanted)
                          ? Future.<Void>succeededFuture()
                          : connection
                              .preparedQuery(insert)
                              .execute(row.apply(latest.path("version").asInt(0) + 1))
                              .<Void>mapEmpty();
                    }))
        .compose(done -> store.org(call.org()))
        .map(org -> AdminReply.ok(latest(org, id)));
  }

  private static boolean isSame(JsonNode latest, ObjectNode wanted) {
    return wanted.properties().stream()
        .allMatch(member -> member.getValue().equals(latest.get(member.getKey())));
  }

  private JsonNode latest(JsonNode org, String id) {
    JsonNode latest = MissingNode.getInstance();
    for (JsonNode version : org.path(part)) {
      latest = version.get(idMember).asText().equals(id) ? version : latest;
    }
    return latest;
  }
}
