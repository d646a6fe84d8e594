package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.export.Manifest.HourEntry;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the manifests of one org's dataset say is published. Of hours, the days' manifests are read,
 * so that a run costs one object per day.
 */
final class PublishedParts {

  private static final int DAY_DEPTH = 3;

  private final Map<String, String> hashes = new TreeMap<>();
  private final Map<String, Map<Integer, HourEntry>> hoursByDay = new HashMap<>();

  private PublishedParts() {}

  static PublishedParts read(Bucket bucket, String org, ExportDataset dataset) throws IOException {
    PublishedParts parts = new PublishedParts();
    String prefix = LakeLayout.exports(org) + dataset.name() + "/";
    for (String key : manifests(bucket, prefix, dataset.partitioning())) {
      Optional<byte[]> manifest = bucket.read(key);
      if (manifest.isPresent()) {
        parts.add(dataset.partitioning(), part(prefix, key), manifest.get());
      }
    }
    return parts;
  }

  private static List<String> manifests(Bucket bucket, String prefix, Partitioning partitioning)
      throws IOException {
    int depth = partitioning == Partitioning.WHOLE ? 0 : DAY_DEPTH;
    List<String> keys = new ArrayList<>();
    bucket.list(
        prefix,
        entry -> {
          String rest = entry.key().substring(prefix.length());
          if (rest.endsWith(LakeLayout.MANIFEST) && rest.split("/").length == depth + 1) {
            keys.add(entry.key());
          }
        });
    return keys;
  }

  private static String part(String prefix, String key) {
    String folder = key.substring(prefix.length(), key.length() - LakeLayout.MANIFEST.length());
    return folder.isEmpty()
        ? ExportDatasets.ALL
        : folder.substring(0, folder.length() - 1).replace('/', '-');
  }

  private void add(Partitioning partitioning, String part, byte[] manifest) throws IOException {
    if (partitioning == Partitioning.HOUR) {
      Map<Integer, HourEntry> hours = Manifest.hours(manifest);
      hoursByDay.put(part, hours);
      hours.forEach((hour, entry) -> hashes.put(hourPart(part, hour), entry.contentHash()));
    } else {
      Manifest.contentHash(manifest).ifPresent(hash -> hashes.put(part, hash));
    }
  }

  static String hourPart(String day, int hour) {
    return day + "T" + (hour < 10 ? "0" : "") + hour;
  }

  /** The content hash of every published part. */
  Map<String, String> hashes() {
    return hashes;
  }

  /** The published hours of a day; empty if the day was never published. */
  Map<Integer, HourEntry> hours(String day) {
    return hoursByDay.getOrDefault(day, Map.of());
  }
}
