package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * What a run would consume, by the clock of landing.
 *
 * @param unfinishedBatches batches that an earlier run planned and did not finish
 * @param firstHour of landing; empty: nothing is pending
 * @param sources by source
 */
public record PendingLandings(
    List<String> unfinishedBatches,
    Optional<Instant> firstHour,
    Optional<Instant> lastHour,
    Map<String, Objects> sources) {
  /** What an object of a source without history is taken to hold. */
  private static final double COMPRESSED_BYTES_PER_LINE = 100;

  public PendingLandings {
    unfinishedBatches = List.copyOf(unfinishedBatches);
    sources = new TreeMap<>(sources);
  }

  /**
   * Objects of one source.
   *
   * @param hours different landing hours
   * @param estimatedLines by what earlier objects of the source held
   */
  public record Objects(long objects, int hours, long bytes, long estimatedLines) {}

  /** What a run would consume now; reads listings and the ledger only. */
  public static PendingLandings of(RunContext context) throws IOException {
    Ledger ledger = new Ledger(context.spark(), context.tables());
    CompactPlan plan = CompactPlan.of(context, ledger);
    List<LandingObject> objects = new ArrayList<>();
    plan.batches().forEach(batch -> objects.addAll(batch.objects()));
    TreeSet<Instant> hours = new TreeSet<>();
    objects.forEach(object -> hours.add(object.hour()));
    return new PendingLandings(
        plan.batches().stream().filter(Batch::resumed).map(Batch::id).toList(),
        hours.isEmpty() ? Optional.empty() : Optional.of(hours.first()),
        hours.isEmpty() ? Optional.empty() : Optional.of(hours.last()),
        sources(objects, bytesPerLine(context)));
  }

  /** The lines of all objects together, estimated. */
  public long estimatedLines() {
    return sources.values().stream().mapToLong(Objects::estimatedLines).sum();
  }

  private static Map<String, Objects> sources(
      List<LandingObject> objects, Map<String, Double> bytesPerLine) {
    Map<String, List<LandingObject>> bySource = new TreeMap<>();
    for (LandingObject object : objects) {
      bySource.computeIfAbsent(object.source().label(), name -> new ArrayList<>()).add(object);
    }
    Map<String, Objects> sources = new TreeMap<>();
    bySource.forEach(
        (source, own) -> {
          long bytes = own.stream().mapToLong(LandingObject::bytes).sum();
          int hours = (int) own.stream().map(LandingObject::hour).distinct().count();
          double perLine = bytesPerLine.getOrDefault(source, COMPRESSED_BYTES_PER_LINE);
          sources.put(source, new Objects(own.size(), hours, bytes, Math.round(bytes / perLine)));
        });
    return sources;
  }

  private static Map<String, Double> bytesPerLine(RunContext context) {
    Map<String, Double> ratios = new HashMap<>();
    if (!context.tables().exists(LedgerTable.SPEC)) {
      return ratios;
    }
    for (Row row :
        context
            .tables()
            .read(LedgerTable.SPEC)
            .where("state = 'consumed' AND lines > 0")
            .groupBy("source")
            .sum("bytes", "lines")
            .collectAsList()) {
      ratios.put(row.getString(0), Math.max(1.0, (double) row.getLong(1) / row.getLong(2)));
    }
    return ratios;
  }
}
