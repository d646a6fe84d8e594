package dev.copyloop.serving.admin;

import dev.copyloop.events.settings.Split;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;

/** {@code PUT …/templates/{template_id}/split}: who splits from a time on; earlier splits stay. */
final class SplitResource {
  private static final TemplatePeriods SPLITS =
      new TemplatePeriods(
          "split",
          "insert into template_split (org, template_id, valid_from, mode, control_share)"
              + " values ($1, $2, $3, $4, $5)"
              + " on conflict (org, template_id, valid_from) do update set mode = excluded.mode,"
              + " control_share = excluded.control_share");

  private final AdminStore store;

  SplitResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> put(AdminCall call) {
    AdminBody body = call.body();
    body.only("mode", "control_share", "from");
    Split.Mode mode = body.requiredLabel("mode", Split.Mode.class);
    BigDecimal share = body.share("control_share").orElse(BigDecimal.ZERO);
    Instant from = body.instant("from").orElseGet(Instant::now);
    String templateId = call.parameter("template_id");
    Tuple row =
        Tuple.of(call.org(), templateId, from.atOffset(ZoneOffset.UTC), mode.label(), share);
    return SPLITS
        .put(store, call, row, org -> TemplateResource.template(org, call).path("splits"))
        .map(org -> AdminReply.ok(TemplateResource.existing(org, call)));
  }
}
