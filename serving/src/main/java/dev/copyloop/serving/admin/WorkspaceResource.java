package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /api/admin/orgs/{org}/workspaces/{workspace}}: a Customer.io workspace. */
final class WorkspaceResource {
  private static final String PUT =
      "insert into workspace (org, name, region, default_attribute_scope, first_occurrence_only)"
          + " values ($1, $2, $3, $4, $5::text::jsonb)"
          + " on conflict (org, name) do update set region = excluded.region,"
          + " default_attribute_scope = excluded.default_attribute_scope,"
          + " first_occurrence_only = excluded.first_occurrence_only";

  /** The regions that Customer.io has. */
  private enum Region {
    US,
    EU
  }

  private final AdminStore store;

  WorkspaceResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("region", "default_attribute_scope", "first_occurrence_only");
    String name = Names.plain("workspace", call.parameter("workspace"));
    Region region = body.label("region", Region.class).orElse(Region.US);
    AttributeScope scope =
        body.label("default_attribute_scope", AttributeScope.class).orElse(AttributeScope.JOURNEY);
    Tuple row =
        Tuple.of(
            call.org(),
            name,
            region == Region.US ? "us" : "eu",
            scope.label(),
            firstOccurrenceOnly(body.node("first_occurrence_only")));
    return store
        .org(call.org())
        .compose(
            org ->
                store.changeMatched(
                    call,
                    new AdminStore.Subject(
                        "put", "workspace " + name, document -> workspace(document, name)),
                    connection -> connection.preparedQuery(PUT).execute(row)))
        .compose(done -> get(call));
  }

  /** An array of {@code {"from","enabled"}}; a plain boolean holds since ever. */
  private static String firstOccurrenceOnly(Optional<JsonNode> value) {
    if (value.isEmpty()) {
      return "[]";
    }
    if (value.get().isBoolean()) {
      return periods(Map.of(Instant.EPOCH, value.get().asBoolean()));
    }
    if (!value.get().isArray()) {
      throw ProblemException.invalid(
          "first_occurrence_only must be true, false, or an array of {\"from\", \"enabled\"}");
    }
    Map<Instant, Boolean> periods = new TreeMap<>();
    for (JsonNode item : value.get()) {
      if (!item.path("enabled").isBoolean()) {
        throw ProblemException.invalid("first_occurrence_only: enabled must be true or false");
      }
      periods.put(
          AdminBody.instant("first_occurrence_only: from", item.path("from").asText()),
          item.get("enabled").asBoolean());
    }
    return periods(periods);
  }

  private static String periods(Map<Instant, Boolean> periods) {
    ArrayNode array = Json.mapper().createArrayNode();
    periods.forEach(
        (from, enabled) -> array.addObject().put("from", from.toString()).put("enabled", enabled));
    return array.toString();
  }

  Future<AdminReply> get(AdminCall call) {
    String name = call.parameter("workspace");
    return store
        .org(call.org())
        .map(
            org -> {
              JsonNode workspace = workspace(org, name);
              if (workspace.isMissingNode()) {
                throw ProblemException.notFound("There is no workspace " + name);
              }
              return AdminReply.tagged(200, workspace);
            });
  }

  static JsonNode workspace(JsonNode org, String name) {
    return AdminStore.item(org.path("workspaces"), "name", name);
  }
}
