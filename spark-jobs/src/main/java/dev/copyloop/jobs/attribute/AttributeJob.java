package dev.copyloop.jobs.attribute;

import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.List;

/**
 * Brings {@code deliveries}, {@code engagements}, {@code webhook_calls} and {@code
 * attributed_events} to what the events, the generations and the current settings say, and audits
 * that nothing was lost on the way. Only days whose content differs are written.
 */
public final class AttributeJob implements Job {

  private static final List<String> BY_DAY = List.of("date");

  @Override
  public String name() {
    return "attribute";
  }

  @Override
  public String description() {
    return "Finds template, arm and copy of every delivery, and the touches of custom events.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    LakeTables tables = context.tables();
    var events = tables.read(EventsTable.SPEC);
    var generations = tables.read(GenerationsTable.SPEC);
    try (Attribution attribution = Attribution.of(events, generations, context.settings())) {
      DeliveryAudit audit = attribution.audit();
      audit.check();
      return write(tables, attribution, audit);
    }
  }

  private static AttributeResult write(
      LakeTables tables, Attribution attribution, DeliveryAudit audit) {
    ChangedParts parts = new ChangedParts(tables);
    List<TableChange> changes =
        List.of(
            parts.apply(AttributionTables.DELIVERIES, attribution.deliveries(), BY_DAY),
            parts.apply(AttributionTables.ENGAGEMENTS, attribution.engagements(), BY_DAY),
            parts.apply(AttributionTables.WEBHOOK_CALLS, attribution.webhookCalls(), BY_DAY),
            parts.apply(
                AttributionTables.ATTRIBUTED_EVENTS, attribution.attributedEvents(), BY_DAY),
            parts.apply(
                AttributionTables.PERSON_IDENTIFIERS, attribution.personIdentifiers(), List.of()),
            parts.apply(
                AttributionTables.PERSON_UNSUBSCRIBES, attribution.personUnsubscribes(), BY_DAY));
    return new AttributeResult(changes, audit);
  }
}
