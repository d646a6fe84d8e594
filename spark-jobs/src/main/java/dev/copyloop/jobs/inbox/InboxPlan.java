package dev.copyloop.jobs.inbox;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which files are new: those without a result, or with one of another version.
 *
 * @param files by key
 * @param done how many versions were taken before
 * @param unknownOrgs files below the name of no org, which wait until it exists; org to how many
 */
record InboxPlan(List<InboxFile> files, long done, Map<String, Long> unknownOrgs) {

  /** A result so much younger than its file is about it: both have the storage's own times. */
  private static final Duration SURE = Duration.ofHours(1);

  private static final Pattern HIDDEN = Pattern.compile("/[._]");

  static InboxPlan of(Bucket bucket, URI root, Settings settings) throws IOException {
    Map<String, Bucket.Entry> files = new TreeMap<>();
    Map<String, Bucket.Entry> results = new HashMap<>();
    bucket.list(
        LakeLayout.INBOX,
        entry -> {
          if (entry.key().endsWith(LakeLayout.INBOX_RESULT)) {
            results.put(entry.key(), entry);
          } else if (!isHidden(entry.key())) {
            files.put(entry.key(), entry);
          }
        });
    List<InboxFile> fresh = new ArrayList<>();
    Map<String, Long> unknown = new TreeMap<>();
    for (Bucket.Entry entry : files.values()) {
      String org = org(entry.key());
      InboxFile file = InboxFile.of(org, root, entry);
      if (settings.org(org).isEmpty()) {
        unknown.merge(org, 1L, Long::sum);
      } else if (!isDone(bucket, file, results.get(LakeLayout.inboxResult(file.key())))) {
        fresh.add(file);
      }
    }
    long known = files.size() - unknown.values().stream().mapToLong(Long::longValue).sum();
    return new InboxPlan(fresh, known - fresh.size(), unknown);
  }

  private static String org(String key) {
    String rest = key.substring(LakeLayout.INBOX.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(0, slash);
  }

  /** Marks and half-written files of the tools that write: {@code _SUCCESS}, {@code .part…}. */
  private static boolean isHidden(String key) {
    return key.endsWith("/") || HIDDEN.matcher(key).find();
  }

  private static boolean isDone(Bucket bucket, InboxFile file, Bucket.Entry result)
      throws IOException {
    if (result == null) {
      return false;
    }
    if (result.modifiedAt().isAfter(file.arrivedAt().plus(SURE))) {
      return true;
    }
    return bucket
        .read(result.key())
        .flatMap(FileResultJson::version)
        .equals(Optional.of(file.version()));
  }
}
