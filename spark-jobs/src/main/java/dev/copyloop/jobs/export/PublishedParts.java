package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the manifests say of some days of one org's dataset. Of hours, the days' manifests are read,
 * so that a day costs one object.
 */
final class PublishedParts {

  private static final int DAY_DEPTH = 3;

  private final Map<String, PublishedPart> parts = new TreeMap<>();
  private final Map<String, Map<Integer, PublishedPart>> hoursByDay = new HashMap<>();
  private final Set<String> days = new TreeSet<>();

  private PublishedParts() {}

  /** Reads the manifests of those days. */
  static PublishedParts read(
      ExportTarget target, String dataset, Partitioning partitioning, Collection<String> days)
      throws IOException {
    PublishedParts published = new PublishedParts();
    for (String day : days) {
      String key = target.key(partitioning.dayFolder(dataset, day)) + LakeLayout.MANIFEST;
      Optional<byte[]> manifest = target.bucket().read(key);
      if (manifest.isPresent()) {
        published.add(partitioning, day, manifest.get());
      }
    }
    return published;
  }

  /** The days that have a manifest. */
  static Set<String> days(ExportTarget target, String dataset, Partitioning partitioning)
      throws IOException {
    String prefix = target.key(dataset + "/");
    int depth = partitioning == Partitioning.WHOLE ? 0 : DAY_DEPTH;
    Set<String> days = new TreeSet<>();
    target
        .bucket()
        .list(
            prefix,
            entry -> {
              String rest = entry.key().substring(prefix.length());
              if (rest.endsWith(LakeLayout.MANIFEST)
                  && rest.chars().filter(c -> c == '/').count() == depth) {
                days.add(day(rest));
              }
            });
    return days;
  }

  private static String day(String manifest) {
    int slash = manifest.lastIndexOf('/');
    return slash < 0 ? ExportDatasets.ALL : manifest.substring(0, slash).replace('/', '-');
  }

  private void add(Partitioning partitioning, String day, byte[] manifest) throws IOException {
    days.add(day);
    if (partitioning == Partitioning.HOUR) {
      Map<Integer, PublishedPart> hours = Manifest.hours(manifest);
      hoursByDay.put(day, hours);
      hours.forEach((hour, part) -> parts.put(hourPart(day, hour), part));
    } else {
      parts.put(day, Manifest.part(manifest));
    }
  }

  static String hourPart(String day, int hour) {
    return String.format(Locale.ROOT, "%sT%02d", day, hour);
  }

  /** Every published part. */
  Map<String, PublishedPart> parts() {
    return parts;
  }

  /** Whether the day has a manifest. */
  boolean hasDay(String day) {
    return days.contains(day);
  }

  /** The published hours of a day; empty if the day was never published. */
  Map<Integer, PublishedPart> hours(String day) {
    return hoursByDay.getOrDefault(day, Map.of());
  }
}
