package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.UserKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** {@code /api/admin/orgs/{org}}: time zones, keys of a person, internal recipients. */
final class OrgResource {
  private static final List<String> MEMBERS =
      List.of(
          "slug",
          "time_zone",
          "time_zone_changes",
          "user_key",
          "event_user_key",
          "internal_recipients");
  private static final String PUT =
      "insert into org (slug, time_zone, user_key, event_user_key, internal_recipients,"
          + " time_zone_changes)"
          + " values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)"
          + " on conflict (slug) do update set time_zone = excluded.time_zone,"
          + " user_key = excluded.user_key, event_user_key = excluded.event_user_key,"
          + " internal_recipients = excluded.internal_recipients,"
          + " time_zone_changes = excluded.time_zone_changes";

  private final AdminStore store;

  OrgResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only(
        "time_zone", "time_zone_changes", "user_key", "event_user_key", "internal_recipients");
    String zone = TimeZones.checked(body.text("time_zone").orElse("UTC"));
    UserKey userKey = body.label("user_key", UserKey.class).orElse(UserKey.ID);
    UserKey eventUserKey = body.label("event_user_key", UserKey.class).orElse(userKey);
    Tuple row =
        Tuple.of(
            Names.org(call.org()),
            zone,
            userKey.label(),
            eventUserKey.label(),
            Texts.json(body.texts("internal_recipients")),
            TimeZones.changes(body.node("time_zone_changes")));
    return store
        .changeMatched(
            call,
            new AdminStore.Subject("put", "org " + call.org(), OrgResource::own),
            connection -> connection.preparedQuery(PUT).execute(row))
        .compose(done -> get(call));
  }

  Future<AdminReply> get(AdminCall call) {
    return store.org(call.org()).map(org -> AdminReply.tagged(200, own(org)));
  }

  private static JsonNode own(JsonNode org) {
    if (org.isMissingNode()) {
      return org;
    }
    ObjectNode own = Json.mapper().createObjectNode();
    MEMBERS.forEach(member -> own.set(member, org.get(member)));
    return own;
  }
}
