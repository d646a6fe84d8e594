package dev.copyloop.jobs.compact;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of a batch.
 *
 * @param objects one for each of its objects, in their order
 * @param reasons rows of the quarantine by reason
 */
record BatchOutcome(
    Batch batch,
    List<ObjectOutcome> objects,
    Map<String, Long> reasons,
    long eventIdsReused,
    long generationsDisagreeing,
    SortedSet<LocalDate> eventDays,
    SortedSet<LocalDate> generationDays) {

  static BatchOutcome of(
      Batch batch,
      BatchIndex index,
      Verdicts events,
      Verdicts generations,
      Map<String, Long> reasons) {
    List<ObjectOutcome> outcomes = new ArrayList<>();
    for (ObjectSummary summary : index.summaries()) {
      int object = summary.object();
      long duplicates = events.duplicates(object) + generations.duplicates(object);
      long superseded = generations.superseded(object);
      long kept = summary.lines() - summary.quarantined() - duplicates - superseded;
      outcomes.add(new ObjectOutcome(summary, kept, duplicates, superseded));
    }
    return new BatchOutcome(
        batch,
        outcomes,
        reasons,
        events.reusedIds(),
        generations.disagreeingGenerations(),
        new TreeSet<>(index.dates(RowKind.EVENTS)),
        new TreeSet<>(index.dates(RowKind.GENERATIONS)));
  }

  /** The lines by source. */
  Map<String, CompactResult.Lines> sources() {
    Map<String, CompactResult.Lines> sources = new TreeMap<>();
    for (ObjectOutcome outcome : objects) {
      ObjectSummary summary = outcome.summary();
      sources.merge(
          batch.objects().get(outcome.object()).source().label(),
          new CompactResult.Lines(
              1,
              summary.lines(),
              outcome.kept(),
              outcome.duplicates(),
              outcome.superseded(),
              summary.quarantined(),
              summary.damaged()),
          CompactResult.Lines::plus);
    }
    return sources;
  }
}
