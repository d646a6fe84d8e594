package dev.copyloop.jobs.export;

import dev.copyloop.jobs.hash.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The plan for the days of one dataset of one org whose rows may have changed.
 *
 * @param days those days
 * @param wanted the content of every part that has rows: before parts are written, of the {@link
 *     #publishedDays} alone; what is written of the others tells what they hold
 * @param published what the manifests say of those days
 */
record OrgExport(
    String org,
    ExportTarget target,
    Set<String> days,
    Map<String, ContentHash> wanted,
    PublishedParts published,
    String shape) {

  /** The days that are published already, of which parts may be as they should be. */
  Set<String> publishedDays() {
    return days.stream().filter(published::hasDay).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The days of which nothing is published: all of their parts are written. */
  Set<String> newDays() {
    Set<String> fresh = new TreeSet<>(days);
    fresh.removeIf(published::hasDay);
    return fresh;
  }

  /** The plan that says what the parts to be compared hold. */
  OrgExport comparing(Map<String, ContentHash> parts) {
    return new OrgExport(org, target, days, parts, published, shape);
  }

  /** The plan that knows what the written parts hold. */
  OrgExport knowing(List<WrittenPart> written) {
    Map<String, ContentHash> contents = new TreeMap<>(wanted);
    for (WrittenPart part : written) {
      if (part.rows() > 0) {
        contents.put(part.part(), part.content());
      }
    }
    return new OrgExport(org, target, days, contents, published, shape);
  }

  /** The parts with rows whose content or shape differs from what is published. */
  List<String> changed() {
    List<String> changed = new ArrayList<>();
    wanted.forEach(
        (part, content) -> {
          PublishedPart old = published.parts().get(part);
          boolean same =
              old != null
                  && old.contentHash().equals(content.toString())
                  && old.shape().equals(shape);
          if (!same) {
            changed.add(part);
          }
        });
    return changed;
  }

  /** The parts that are published with rows, or in another shape, and have no rows any more. */
  List<String> emptied() {
    List<String> emptied = new ArrayList<>();
    published
        .parts()
        .forEach(
            (part, old) -> {
              boolean isEmpty =
                  old.contentHash().equals(ContentHash.EMPTY.toString())
                      && old.shape().equals(shape);
              if (!wanted.containsKey(part) && !isEmpty) {
                emptied.add(part);
              }
            });
    return emptied;
  }

  /** The etags of all published files, by address. */
  Map<String, String> etags(String dataset, Partitioning partitioning) {
    Map<String, String> etags = new HashMap<>();
    published
        .parts()
        .forEach(
            (part, old) -> {
              String folder = partitioning.folder(dataset, part);
              old.files()
                  .forEach(file -> etags.put(target.address(folder + file.name()), file.etag()));
            });
    return etags;
  }

  /** The state of each day once its parts are out. */
  Map<String, ExportState.Day> states(
      Partitioning partitioning, Map<String, String> fingerprints, Set<String> failedDays) {
    Map<String, ContentHash> contents = new TreeMap<>();
    Map<String, Integer> parts = new HashMap<>();
    wanted.forEach(
        (part, content) -> {
          String day = partitioning.day(part);
          contents.merge(day, content, ContentHash::plus);
          parts.merge(day, 1, Integer::sum);
        });
    Map<String, ExportState.Day> states = new TreeMap<>();
    Set<String> done = new HashSet<>(days);
    done.removeAll(failedDays);
    for (String day : done) {
      if (fingerprints.containsKey(day)) {
        states.put(
            day,
            new ExportState.Day(
                fingerprints.get(day),
                contents.getOrDefault(day, ContentHash.EMPTY),
                parts.getOrDefault(day, 0)));
      }
    }
    return states;
  }
}
