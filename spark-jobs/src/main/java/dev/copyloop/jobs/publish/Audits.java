package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.run.JobException;
import java.util.ArrayList;
import java.util.List;

/** All audits of a state that is about to be published. */
final class Audits {
  private static final List<Audit> ALL =
      List.of(new LedgerAudit(), new UniqueAudit(), new ReferenceAudit(), new DriftAudit());

  private Audits() {}

  /**
   * Runs all of them and tells what they found, one line each.
   *
   * @throws JobException with the audit's exit code and every failure if one fails
   */
  static List<String> check(Changes changes) {
    List<String> findings = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Audit audit : ALL) {
      Audit.Finding finding = audit.check(changes);
      findings.add(finding.text());
      if (!finding.passed()) {
        failures.add(finding.text());
      }
    }
    if (!failures.isEmpty()) {
      throw JobException.auditFailed(
          "Cannot publish, readers keep what they have: %s. Look for what wrote the tables last, then run nightly again, or rebuild"
              .formatted(String.join("; ", failures)));
    }
    return findings;
  }
}
