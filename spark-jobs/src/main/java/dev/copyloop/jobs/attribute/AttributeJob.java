package dev.copyloop.jobs.attribute;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.progress.MeasuredSettings;
import dev.copyloop.jobs.progress.Stage;
import dev.copyloop.jobs.progress.StageRun;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Brings {@code deliveries}, {@code engagements}, {@code webhook_calls}, {@code attributed_events},
 * {@code person_identifiers} and {@code person_unsubscribes} to what the events, the generations
 * and the current settings say, and audits that nothing was lost on the way. What new rows do not
 * touch is left alone, and only days whose content differs are written.
 */
public final class AttributeJob implements Job {

  private static final Stage STAGE =
      new Stage(
          "attribute",
          1,
          List.of(EventsTable.SPEC, GenerationsTable.SPEC),
          List.of(
              AttributionTables.DELIVERIES,
              AttributionTables.ENGAGEMENTS,
              AttributionTables.WEBHOOK_CALLS,
              AttributionTables.ATTRIBUTED_EVENTS,
              AttributionTables.PERSON_IDENTIFIERS,
              AttributionTables.PERSON_UNSUBSCRIBES,
              AttributionTables.ATTRIBUTION_KEYS));

  private static final List<String> BY_DAY = List.of("date");

  @Override
  public String name() {
    return STAGE.name();
  }

  @Override
  public String description() {
    return "Finds template, arm and copy of every delivery, and the touches of custom events.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Settings settings = MeasuredSettings.of(context.settings());
    StageRun stage = StageRun.begin(context, STAGE, settings);
    if (stage.isUpToDate()) {
      return new AttributeResult(stage.endUpToDate(), Optional.empty());
    }
    LakeTables tables = context.tables();
    Optional<ChangedInputs> changed =
        stage.isSmall() ? Optional.empty() : ChangedInputs.of(tables, stage);
    return changed.isPresent()
        ? ofChanges(tables, stage, changed.get(), settings)
        : ofAll(tables, stage, settings);
  }

  private static AttributeResult ofChanges(
      LakeTables tables, StageRun stage, ChangedInputs changed, Settings settings)
      throws IOException {
    AttributionChanges attribution = new AttributionChanges(tables, stage, changed, settings);
    DeliveryAudit audit = attribution.audit();
    audit.check();
    List<TableChange> changes = attribution.write();
    stage.end(changes);
    return new AttributeResult(changes, Optional.of(audit));
  }

  private static AttributeResult ofAll(LakeTables tables, StageRun stage, Settings settings)
      throws IOException {
    var events = tables.read(EventsTable.SPEC);
    var generations = tables.read(GenerationsTable.SPEC);
    try (Attribution attribution = Attribution.of(events, generations, settings)) {
      DeliveryAudit audit = attribution.audit();
      audit.check();
      List<TableChange> changes = write(tables, attribution);
      stage.end(changes);
      return new AttributeResult(changes, Optional.of(audit));
    }
  }

  private static List<TableChange> write(LakeTables tables, Attribution attribution) {
    ChangedParts parts = new ChangedParts(tables);
    return List.of(
        parts.apply(AttributionTables.DELIVERIES, attribution.deliveries(), BY_DAY),
        parts.apply(AttributionTables.ENGAGEMENTS, attribution.engagements(), BY_DAY),
        parts.apply(AttributionTables.WEBHOOK_CALLS, attribution.webhookCalls(), BY_DAY),
        parts.apply(AttributionTables.ATTRIBUTED_EVENTS, attribution.attributedEvents(), BY_DAY),
        parts.apply(
            AttributionTables.PERSON_IDENTIFIERS, attribution.personIdentifiers(), List.of()),
        parts.apply(
            AttributionTables.PERSON_UNSUBSCRIBES, attribution.personUnsubscribes(), BY_DAY),
        parts.apply(AttributionTables.ATTRIBUTION_KEYS, attribution.keys(), BY_DAY));
  }
}
