package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.run.Bucket;
import java.util.List;
import java.util.Map;

/**
 * The plan for one dataset of one org.
 *
 * @param wanted the content of every part that has rows
 * @param published what the manifests say
 */
record OrgExport(
    String org, ExportDataset dataset, Map<String, ContentHash> wanted, PublishedParts published) {

  /** The parts with rows whose content differs from what is published, as {@code org|part}. */
  List<String> changed() {
    return wanted.entrySet().stream()
        .filter(part -> !part.getValue().toString().equals(published.hashes().get(part.getKey())))
        .map(part -> org + "|" + part.getKey())
        .toList();
  }

  /** The parts that are published with rows and have none any more. */
  List<String> emptied() {
    return published.hashes().entrySet().stream()
        .filter(part -> !wanted.containsKey(part.getKey()))
        .filter(part -> !part.getValue().equals(ContentHash.EMPTY.toString()))
        .map(Map.Entry::getKey)
        .toList();
  }

  String contentHash(String part) {
    return wanted.getOrDefault(part, ContentHash.EMPTY).toString();
  }

  DatasetExport result(Bucket bucket, List<WrittenPart> written, List<String> failures) {
    ContentHash whole = wanted.values().stream().reduce(ContentHash.EMPTY, ContentHash::plus);
    return new DatasetExport(
        org,
        dataset.name(),
        bucket.path(LakeLayout.exports(org) + dataset.name() + "/").toString(),
        whole.rows(),
        wanted.size(),
        written.stream().map(WrittenPart::part).sorted().toList(),
        written.stream().filter(part -> part.rows() == 0).map(WrittenPart::part).sorted().toList(),
        whole.toString(),
        failures);
  }
}
