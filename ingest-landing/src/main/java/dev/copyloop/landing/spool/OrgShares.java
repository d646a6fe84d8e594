package dev.copyloop.landing.accept;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of what waits belongs to each org. Of n orgs that have something waiting, none needs
 * more than 1 / (n + 1) of it: the last share is kept for who comes next. Whoever has more is
 * refused earlier, so that one org's burst leaves room for the others, and an idle share is used by
 * those who want it. The dynamic thresholds of switches that share a buffer (Choudhury and Hahne,
 * 1998) have the same aim and ground. Not thread-safe.
 */
final class OrgShares {
  private final Map<String, Long> bytes = new HashMap<>();
  private long total;

  void added(Submission submission) {
    total += submission.bytes();
    bytes.merge(submission.org(), submission.bytes(), Long::sum);
  }

  void removed(Submission submission) {
    total -= submission.bytes();
    bytes.computeIfPresent(
        submission.org(),
        (org, held) -> held > submission.bytes() ? held - submission.bytes() : null);
  }

  /** Whether its org would have more than its share if this waited too. */
  boolean exceeds(Submission submission) {
    Long held = bytes.get(submission.org());
    int orgs = bytes.size() + (held == null ? 1 : 0);
    long then = submission.bytes() + (held == null ? 0 : held);
    return then * (orgs + 1) > total + submission.bytes();
  }

  /** Whether anybody else waits. */
  boolean isAlone(Submission submission) {
    return bytes.size() - (bytes.containsKey(submission.org()) ? 1 : 0) == 0;
  }
}
