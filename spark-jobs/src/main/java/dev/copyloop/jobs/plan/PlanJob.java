package dev.copyloop.jobs.plan;

import static java.time.ZoneOffset.UTC;

import dev.copyloop.jobs.compact.PendingLandings;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Says which objects, hours, days and rows a run would touch and how long it may take. */
public final class PlanJob implements Job {

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String description() {
    return "Says what a run would consume and recompute, on both clocks, and how long it may take.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    PendingLandings landed = PendingLandings.of(context);
    boolean backfill = context.mode() == RunMode.BACKFILL;
    Map<LocalDate, PlanResult.Rows> days = backfill ? days(context) : Map.of();
    long rows = days.values().stream().mapToLong(each -> each.events() + each.generations()).sum();
    return new PlanResult(
        context.mode().label(),
        landed,
        backfill ? context.range().from() : Optional.empty(),
        backfill ? context.range().to() : Optional.empty(),
        days,
        Pace.of(context.bucket()).time(landed.estimatedLines() + rows));
  }

  private static Map<LocalDate, PlanResult.Rows> days(RunContext context) {
    Map<LocalDate, Long> events = rows(context, EventsTable.SPEC);
    Map<LocalDate, Long> generations = rows(context, GenerationsTable.SPEC);
    Set<LocalDate> all = new TreeSet<>(events.keySet());
    all.addAll(generations.keySet());
    Map<LocalDate, PlanResult.Rows> days = new TreeMap<>();
    for (LocalDate day : all) {
      days.put(
          day,
          new PlanResult.Rows(events.getOrDefault(day, 0L), generations.getOrDefault(day, 0L)));
    }
    return days;
  }

  private static Map<LocalDate, Long> rows(RunContext context, TableSpec table) {
    if (!context.tables().exists(table)) {
      return Map.of();
    }
    Instant from = context.range().from().orElseThrow();
    Instant to = context.range().to().orElseThrow();
    Dataset<Row> rows =
        context
            .tables()
            .read(table)
            .where(functions.col("occurred_at").geq(from).and(functions.col("occurred_at").lt(to)))
            .where(
                functions
                    .col("date")
                    .between(LocalDate.ofInstant(from, UTC), LocalDate.ofInstant(to, UTC)));
    if (context.org().isPresent()) {
      rows = rows.where(functions.col("org").equalTo(context.org().get()));
    }
    Map<LocalDate, Long> counts = new HashMap<>();
    rows.groupBy("date")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getDate(0).toLocalDate(), row.getLong(1)));
    return counts;
  }
}
