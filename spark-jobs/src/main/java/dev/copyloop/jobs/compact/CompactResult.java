package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.JobResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What a compaction did.
 *
 * @param batches ids of the batches it finished
 * @param sources what became of the lines, by source
 * @param quarantineReasons rows added to the quarantine, by reason
 * @param eventIdsReused ids that stand for events of several days, as far as this run saw
 * @param generationsDisagreeing generations whose calls answered with different copies
 * @param eventDays days to whose events this run's lines belong
 * @param generationDays likewise of generations
 */
public record CompactResult(
    List<String> batches,
    Map<String, Lines> sources,
    Map<String, Long> quarantineReasons,
    long eventIdsReused,
    long generationsDisagreeing,
    SortedSet<LocalDate> eventDays,
    SortedSet<LocalDate> generationDays)
    implements JobResult {

  /**
   * Lines of one source: landed = kept + duplicates + superseded + quarantined.
   *
   * @param damagedObjects objects that could not be read to their end or are not what was written
   */
  public record Lines(
      long objects,
      long landed,
      long kept,
      long duplicates,
      long superseded,
      long quarantined,
      long damagedObjects) {
    static final Lines NONE = new Lines(0, 0, 0, 0, 0, 0, 0);

    Lines plus(Lines other) {
      return new Lines(
          objects + other.objects,
          landed + other.landed,
          kept + other.kept,
          duplicates + other.duplicates,
          superseded + other.superseded,
          quarantined + other.quarantined,
          damagedObjects + other.damagedObjects);
    }
  }

  @Override
  public List<String> summary() {
    if (batches.isEmpty()) {
      return List.of("nothing new has landed");
    }
    List<String> lines = new ArrayList<>();
    sources.forEach(
        (source, each) ->
            lines.add(
                "%s: %d lines landed in %d objects = %d kept + %d duplicate + %d superseded + %d quarantined"
                    .formatted(
                        source,
                        each.landed(),
                        each.objects(),
                        each.kept(),
                        each.duplicates(),
                        each.superseded(),
                        each.quarantined())));
    quarantineReasons.forEach(
        (reason, rows) -> lines.add("quarantine: %d %s".formatted(rows, reason)));
    return lines;
  }
}
