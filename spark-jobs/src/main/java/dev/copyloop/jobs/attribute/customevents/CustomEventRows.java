package dev.copyloop.jobs.attribute.customevents;

import static dev.copyloop.jobs.lake.InternalRows.money;
import static dev.copyloop.jobs.lake.InternalRows.text;

import dev.copyloop.jobs.attribute.row.Micros;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.lake.Columns;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Reads what custom-event attribution takes, and writes what it gives, as rows. */
final class CustomEventRows {

  private CustomEventRows() {}

  static CustomEvent event(RowCursor columns) {
    return new CustomEvent(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.number(),
        columns.text(),
        columns.text(),
        columns.decimal(Columns.MONEY),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text());
  }

  static ExposedDelivery delivery(RowCursor columns) {
    return new ExposedDelivery(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.optionalInteger(),
        columns.flag(),
        columns.number(),
        columns.numbers(),
        columns.numbers());
  }

  static InternalRow write(AttributedEvent result) {
    CustomEvent event = result.event();
    List<Object> row = new ArrayList<>();
    row.add(date(event.occurredAt()));
    row.add(text(event.org()));
    row.add(text(result.ruleId()));
    row.add(result.ruleVersion());
    row.add(text(event.eventId()));
    row.add(event.occurredAt());
    row.add(text(result.kind()));
    row.add(text(result.reason()));
    row.add(text(event.person()));
    addDelivery(row, result.delivery());
    row.add(result.touch() == null ? null : text(result.touch().kind().label()));
    row.add(result.touch() == null ? null : result.touch().at());
    row.add(result.delivery() == null ? null : result.delivery().sendAt());
    row.add(money(result.credit()));
    row.add(money(result.value()));
    row.add(text(event.currency()));
    row.add(result.firstOfPerson());
    return new GenericInternalRow(row.toArray());
  }

  private static void addDelivery(List<Object> row, ExposedDelivery delivery) {
    if (delivery == null) {
      row.addAll(Collections.nCopies(9, null));
      return;
    }
    row.add(delivery.workspace().isEmpty() ? null : text(delivery.workspace()));
    row.add(text(delivery.deliveryId()));
    row.add(text(delivery.templateId()));
    row.add(text(delivery.arm()));
    row.add(text(delivery.copyId()));
    row.add(text(delivery.copyKey()));
    row.add(text(delivery.actionId()));
    row.add(text(delivery.channel()));
    row.add(delivery.messageNo());
  }

  private static int date(long micros) {
    return (int) Micros.instant(micros).atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }
}
