package dev.copyloop.jobs.attribute;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads what custom-event attribution takes, and writes what it gives, as rows. */
final class CustomEventRows {

  private CustomEventRows() {}

  static CustomEvent event(Row row) {
    RowCursor columns = new RowCursor(row);
    columns.text();
    return new CustomEvent(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.number(),
        columns.text(),
        columns.text(),
        columns.decimal(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text());
  }

  static ExposedDelivery delivery(Row row) {
    RowCursor columns = new RowCursor(row);
    columns.text();
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
        columns.list(),
        columns.list());
  }

  static Row write(AttributedEvent result) {
    CustomEvent event = result.event();
    List<Object> row = new ArrayList<>();
    row.add(date(event.occurredAt()));
    row.add(event.org());
    row.add(result.ruleId());
    row.add(result.ruleVersion());
    row.add(event.eventId());
    row.add(timestamp(event.occurredAt()));
    row.add(result.kind());
    row.add(result.reason());
    row.add(event.person());
    addDelivery(row, result.delivery());
    row.add(result.touch() == null ? null : result.touch().kind().label());
    row.add(result.touch() == null ? null : timestamp(result.touch().at()));
    row.add(result.delivery() == null ? null : timestamp(result.delivery().sendAt()));
    row.add(result.credit());
    row.add(result.value());
    row.add(event.currency());
    row.add(result.firstOfPerson());
    return RowFactory.create(row.toArray());
  }

  private static void addDelivery(List<Object> row, ExposedDelivery delivery) {
    if (delivery == null) {
      row.addAll(java.util.Collections.nCopies(9, null));
      return;
    }
    row.add(delivery.workspace().isEmpty() ? null : delivery.workspace());
    row.add(delivery.deliveryId());
    row.add(delivery.templateId());
    row.add(delivery.arm());
    row.add(delivery.copyId());
    row.add(delivery.copyKey());
    row.add(delivery.actionId());
    row.add(delivery.channel());
    row.add(delivery.messageNo());
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.from(Micros.instant(micros));
  }

  private static Date date(long micros) {
    Instant time = Micros.instant(micros);
    return Date.valueOf(time.atZone(ZoneOffset.UTC).toLocalDate());
  }
}
