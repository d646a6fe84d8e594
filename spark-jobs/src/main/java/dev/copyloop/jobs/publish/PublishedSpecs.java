package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.util.List;
import java.util.stream.Stream;

/** The tables whose versions a published state names, in flow order. */
public final class PublishedSpecs {
  /** The tables that the jobs before fill: if none of them changed, there is nothing to publish. */
  public static final List<TableSpec> FILLED =
      List.of(
          LedgerTable.SPEC,
          EventsTable.SPEC,
          QuarantineTable.SPEC,
          GenerationsTable.SPEC,
          AttributionTables.DELIVERIES,
          AttributionTables.ENGAGEMENTS,
          AttributionTables.ATTRIBUTED_EVENTS,
          AttributionTables.WEBHOOK_CALLS,
          AttributionTables.PERSON_IDENTIFIERS,
          AttributionTables.PERSON_UNSUBSCRIBES,
          AttributionTables.ATTRIBUTION_KEYS,
          MetricsTables.DAILY_METRICS,
          MetricsTables.DAILY_CUSTOM_METRICS,
          MetricsTables.COPIES,
          MetricsTables.EXPERIMENTS);

  /** Those and the restatements, which publishing itself writes. */
  public static final List<TableSpec> ALL =
      Stream.concat(FILLED.stream(), Stream.of(RestatementsTable.SPEC)).toList();

  private PublishedSpecs() {}
}
