package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.activity.Places;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** {@code GET …/templates/{template_id}/status}: what arrives, and what is wrong if it does not. */
final class StatusResource {
  private static final String COUNTS =
      "select place, metric, max(last_at) as last_at,"
          + " coalesce(sum(events) filter (where slot > now() - interval '1 hour'), 0)::bigint"
          + " as last_hour,"
          + " coalesce(sum(events) filter (where slot > now() - interval '1 day'), 0)::bigint"
          + " as last_day"
          + " from activity where org = $1 and exists"
          + " (select 1 from unnest($2::text[]) as wanted (place)"
          + " where starts_with(activity.place, wanted.place))"
          + " group by place, metric order by place, metric";

  private final AdminStore store;
  private final Pool pool;

  StatusResource(AdminStore store, Pool pool) {
    this.store = store;
    this.pool = pool;
  }

  Future<AdminReply> get(AdminCall call) {
    return store
        .org(call.org())
        .map(org -> SetupResource.template(org, TemplateResource.existing(org, call)))
        .compose(
            template ->
                pool.preparedQuery(COUNTS)
                    .execute(Tuple.of(call.org()).addArrayOfString(places(template)))
                    .map(rows -> AdminReply.ok(json(call.org(), template, counts(rows)))));
  }

  private static String[] places(Template template) {
    List<String> places = new ArrayList<>();
    places.add(Places.ORG);
    places.add(Places.template(template.id()));
    template.bindings().forEach(binding -> places.add(Places.of(binding)));
    return places.toArray(String[]::new);
  }

  private static TemplateActivity counts(Iterable<Row> rows) {
    List<TemplateActivity.Count> counts = new ArrayList<>();
    for (Row row : rows) {
      counts.add(
          new TemplateActivity.Count(
              row.getString("place"),
              row.getString("metric"),
              row.getOffsetDateTime("last_at").toInstant(),
              row.getLong("last_hour"),
              row.getLong("last_day")));
    }
    return new TemplateActivity(counts);
  }

  private static ObjectNode json(String org, Template template, TemplateActivity activity) {
    ObjectNode status = Json.mapper().createObjectNode();
    status.put("template_id", template.id());
    status.set("generate", counts(activity.calls(template)));
    status.set("webhooks", counts(activity.messages(template)));
    status.set("calls_at_customer_io", counts(activity.callsAtCustomerIo(template)));
    status.put("calls_lost_last_day", activity.lost(template));
    status.set("signatures", counts(activity.org()));
    ArrayNode problems = status.putArray("problems");
    for (StatusProblem problem : StatusProblem.of(org, template, activity)) {
      problems
          .addObject()
          .put("problem", problem.name())
          .put("cause", problem.cause())
          .put("fix", problem.fix());
    }
    return status;
  }

  private static ArrayNode counts(List<TemplateActivity.Count> counts) {
    ArrayNode array = Json.mapper().createArrayNode();
    for (TemplateActivity.Count count : counts) {
      array
          .addObject()
          .put("metric", count.metric())
          .put("last_at", count.last().toString())
          .put("last_hour", count.lastHour())
          .put("last_day", count.lastDay());
    }
    return array;
  }
}
