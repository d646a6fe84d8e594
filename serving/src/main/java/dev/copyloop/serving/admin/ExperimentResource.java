package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Experiment;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * {@code /api/admin/orgs/{org}/templates/{template_id}/experiment}: how a template is judged, from
 * a time on.
 */
final class ExperimentResource {
  private static final TemplatePeriods EXPERIMENTS =
      new TemplatePeriods(
          "experiment",
          "insert into experiment (org, template_id, valid_from, control_share, key_metric,"
              + " minimum_detectable_effect, alpha, expected_units)"
              + " values ($1, $2, $3, $4, $5, $6, $7, $8)"
              + " on conflict (org, template_id, valid_from) do update set"
              + " control_share = excluded.control_share, key_metric = excluded.key_metric,"
              + " minimum_detectable_effect = excluded.minimum_detectable_effect,"
              + " alpha = excluded.alpha, expected_units = excluded.expected_units");

  private final AdminStore store;

  ExperimentResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only(
        "from",
        "control_share",
        "key_metric",
        "minimum_detectable_effect",
        "alpha",
        "expected_units");
    Experiment wanted = wanted(body, call.parameter("template_id"));
    Tuple row =
        Tuple.of(
                call.org(),
                wanted.templateId(),
                wanted.from().atOffset(ZoneOffset.UTC),
                wanted.controlShare(),
                wanted.keyMetric(),
                wanted.minimumDetectableEffect())
            .addValue(wanted.alpha())
            .addLong(wanted.expectedUnits());
    return EXPERIMENTS
        .put(store, call, row, org -> ofTemplate(org, wanted.templateId()))
        .map(org -> AdminReply.ok(ofTemplate(org, wanted.templateId())));
  }

  private static Experiment wanted(AdminBody body, String templateId) {
    try {
      return new Experiment(
          templateId,
          body.instant("from").orElseGet(Instant::now),
          number(body, "control_share", "0"),
          body.requiredText("key_metric"),
          number(body, "minimum_detectable_effect", "0.1"),
          number(body, "alpha", "0.05"),
          number(body, "expected_units", "5000").longValueExact());
    } catch (ArithmeticException e) {
      throw ProblemException.invalid("expected_units must be a whole number");
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(e.getMessage());
    }
  }

  private static BigDecimal number(AdminBody body, String name, String otherwise) {
    return body.decimal(name).orElseGet(() -> new BigDecimal(otherwise));
  }

  private static JsonNode ofTemplate(JsonNode org, String templateId) {
    ArrayNode experiments = Json.mapper().createArrayNode();
    for (JsonNode experiment : org.path("experiments")) {
      if (experiment.get("template_id").asText().equals(templateId)) {
        experiments.add(experiment);
      }
    }
    return experiments;
  }
}
