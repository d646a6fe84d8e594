package dev.copyloop.benchmarks.serving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one run measured. Not thread-safe. */
final class Results {
  private final Map<String, Map<Load, Figures>> byContender = new LinkedHashMap<>();
  private final Histogram disk = new Histogram(3);

  Results(List<String> contenders) {
    contenders.forEach(name -> byContender.put(name, new LinkedHashMap<>()));
  }

  /** The figures of a contender under a load; new ones at first. */
  Figures of(String contender, Load load) {
    return byContender.get(contender).computeIfAbsent(load, name -> new Figures());
  }

  /** Adds what the disk alone took, nanoseconds. */
  void addDisk(Histogram syncs) {
    disk.add(syncs);
  }

  /** What the disk alone takes, nanoseconds. */
  Histogram disk() {
    return disk;
  }

  /** Those that were measured. */
  List<String> contenders() {
    return byContender.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a contender was measured. */
  boolean has(String contender) {
    return contenders().contains(contender);
  }

  /** Landed lines for each object that was put, over all loads; 0 before the first object. */
  double linesPerObject(String contender) {
    long lines = 0;
    long objects = 0;
    for (Figures figures : byContender.get(contender).values()) {
      lines += figures.lines();
      objects += figures.objects();
    }
    return objects == 0 ? 0 : (double) lines / objects;
  }

  /** Answers per second under overload; 0 if that was not measured. */
  double stormPerSecond(String contender) {
    Figures storm = byContender.get(contender).get(Load.STORM);
    return storm == null ? 0 : storm.perSecond();
  }

  /** The loads that a contender met. */
  List<Load> loads(String contender) {
    return List.copyOf(byContender.get(contender).keySet());
  }
}
