package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.JobException;
import java.util.List;

/**
 * Every delivery, once.
 *
 * @param withCopy treatment's deliveries whose copy is known
 * @param withoutCopy those whose generation was not found
 */
public record Reconciliation(
    long deliveries,
    long treatment,
    long control,
    long unattributed,
    long withCopy,
    long withoutCopy) {

  /**
   * Checks that the sums hold.
   *
   * @throws JobException with the audit's exit code if they don't
   */
  void check() {
    if (deliveries != treatment + control + unattributed || treatment != withCopy + withoutCopy) {
      throw JobException.auditFailed(
          "Cannot report: deliveries = treatment + control + unattributed or treatment = copies +"
              + " no copy does not hold in "
              + this);
    }
  }

  /** The sums for a person, one line each. */
  List<String> lines() {
    return List.of(
        "%,d deliveries = %,d treatment + %,d control + %,d unattributed"
            .formatted(deliveries, treatment, control, unattributed),
        "%,d treatment = %,d with copy + %,d without copy"
            .formatted(treatment, withCopy, withoutCopy));
  }
}
