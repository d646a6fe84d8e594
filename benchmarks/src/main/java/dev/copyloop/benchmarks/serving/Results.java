package dev.copyloop.benchmarks.serving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one run measured. Not thread-safe. */
final class Results {
  private final Map<String, Map<Load, Figures>> byContender = new LinkedHashMap<>();
  private final List<Load> loads;
  private final Histogram disk = new Histogram(3);

  Results(List<String> contenders, List<Load> loads) {
    this.loads = List.copyOf(loads);
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

  List<Load> loads() {
    return loads;
  }
}
