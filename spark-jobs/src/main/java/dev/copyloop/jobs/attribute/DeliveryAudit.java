package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.journey.EventCounts;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.run.JobException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sums that must hold between the events and what was made of them: every delivery that the
 * events name is in exactly one arm or has a reason for none, and every event of a delivery is on
 * its send side or an engagement.
 *
 * @param named distinct deliveries that the events name
 * @param calls those of them that are our own calls
 * @param deliveryEvents events of those deliveries
 * @param engagements those of them that are engagements
 * @param noneByReason deliveries in no arm, by reason
 * @param treatmentByCopy deliveries of the treatment, by copy key; {@code unknown}: no copy
 */
public record DeliveryAudit(
    long named,
    long calls,
    long deliveries,
    long treatment,
    long control,
    Map<String, Long> noneByReason,
    Map<String, Long> treatmentByCopy,
    long deliveryEvents,
    long sendSideEvents,
    long engagements) {

  private static final String UNEXPLAINED = "unexplained";

  public DeliveryAudit {
    noneByReason = new TreeMap<>(noneByReason);
    treatmentByCopy = new TreeMap<>(treatmentByCopy);
  }

  /**
   * Sets what was made of events beside what they said.
   *
   * @param before of the events
   * @param attributed what was made of them, our own calls included
   */
  static DeliveryAudit of(EventCounts before, Dataset<Row> attributed) {
    Counts after = new Counts();
    GroupSums.of(
            attributed.select(
                DeliveryOutputs.isCall().cast("int"),
                col("arm"),
                col("reason"),
                col("copy_key"),
                lit(1L),
                size(col("engagements")).cast("bigint")),
            4)
        .forEach(after::add);
    return new DeliveryAudit(
        before.named(),
        after.calls,
        after.deliveries,
        after.treatment,
        after.control,
        after.noneByReason,
        after.treatmentByCopy,
        before.events(),
        before.sendSide(),
        after.engagements);
  }

  private static final class Counts {

    private static final String CALL = "1";

    private long calls;
    private long deliveries;
    private long treatment;
    private long control;
    private long engagements;
    private final Map<String, Long> noneByReason = new TreeMap<>();
    private final Map<String, Long> treatmentByCopy = new TreeMap<>();

    void add(List<String> group, long[] sums) {
      engagements += sums[1];
      if (group.get(0).equals(CALL)) {
        calls += sums[0];
      } else {
        deliveries += sums[0];
        addDelivery(group.get(1), group.get(2), group.get(3), sums[0]);
      }
    }

    private void addDelivery(String arm, String reason, String copyKey, long rows) {
      if (Arm.TREATMENT.label().equals(arm)) {
        treatment += rows;
        treatmentByCopy.merge(copyKey, rows, Long::sum);
      } else if (Arm.CONTROL.label().equals(arm)) {
        control += rows;
      } else {
        noneByReason.merge(reason == null ? UNEXPLAINED : reason, rows, Long::sum);
      }
    }
  }

  /** Deliveries in no arm. */
  public long none() {
    return total(noneByReason);
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Checks every sum.
   *
   * @throws JobException with the audit's exit code if one does not hold
   */
  void check() {
    require(named == deliveries + calls, "deliveries named by events = deliveries + own calls");
    require(
        deliveries == treatment + control + none(),
        "deliveries = treatment + control + unattributed");
    require(treatment == total(treatmentByCopy), "treatment = sum of copies + no copy");
    require(!noneByReason.containsKey(UNEXPLAINED), "every unattributed delivery has a reason");
    require(
        deliveryEvents == sendSideEvents + engagements,
        "events of deliveries = send side + engagements");
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw JobException.auditFailed(
          "Cannot publish attribution: %s does not hold in %s".formatted(rule, this));
    }
  }

  /** One line for a person. */
  public String summary() {
    return "%,d deliveries = %,d treatment + %,d control + %,d unattributed %s; own calls %,d"
        .formatted(deliveries, treatment, control, none(), noneByReason, calls);
  }
}
