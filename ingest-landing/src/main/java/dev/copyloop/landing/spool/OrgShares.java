package dev.copyloop.landing.spool;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of what waits belongs to each org. Of n orgs that have something waiting, none needs
 * more than 1 / (n + 1) of it: the last share is kept for who comes next. Whoever has more is
 * refused earlier, so that one org's burst leaves room for the others, and an idle share is used by
 * those who want it. The dynamic thresholds of switches that share a buffer (Choudhury and Hahne,
 * 1998) have the same aim and ground. Not thread-safe.
 */
public final class OrgShares {
  private final Map<String, Long> bytes = new HashMap<>();
  private long total;

  /** So much more of that org waits. */
  public void added(String org, long more) {
    total += more;
    bytes.merge(org, more, Long::sum);
  }

  /** So much of it waits no more. */
  public void removed(String org, long less) {
    total -= less;
    bytes.computeIfPresent(org, (any, held) -> held > less ? held - less : null);
  }

  /** Whether the org would have more than its share if so much more waited. */
  public boolean exceeds(String org, long more) {
    Long held = bytes.get(org);
    int orgs = bytes.size() + (held == null ? 1 : 0);
    long then = more + (held == null ? 0 : held);
    return then * (orgs + 1) > total + more;
  }

  /** Whether nothing of any other org waits. */
  public boolean isAlone(String org) {
    return bytes.size() - (bytes.containsKey(org) ? 1 : 0) == 0;
  }
}
