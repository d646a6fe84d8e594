package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import java.util.List;

/**
 * Which template and arm a delivery belongs to, or why to none.
 *
 * @param templateId null if unattributed
 * @param bindingId null if unattributed, unless the binding must name its control action
 * @param arm null if unattributed
 * @param reason null if attributed
 * @param candidates the actions that could be the control, where one must be named
 * @param awaitsControlAction an inferred control, until it is known that its action is the only one
 */
record Claim(
    String templateId,
    String bindingId,
    Arm arm,
    ArmSource source,
    UnattributedReason reason,
    List<String> candidates,
    boolean awaitsControlAction) {

  static Claim of(String templateId, String bindingId, Arm arm, ArmSource source) {
    return new Claim(templateId, bindingId, arm, source, null, List.of(), false);
  }

  static Claim inferredControl(String templateId, String bindingId) {
    return new Claim(templateId, bindingId, Arm.CONTROL, ArmSource.INFERRED, null, List.of(), true);
  }

  static Claim none(UnattributedReason reason) {
    return new Claim(null, null, null, null, reason, List.of(), false);
  }

  static Claim controlActionNeeded(String bindingId, List<String> candidates) {
    return new Claim(
        null, bindingId, null, null, UnattributedReason.CONTROL_ACTION_NEEDED, candidates, false);
  }

  /** The same claim in the arm that the generation says. */
  Claim byGeneration(Arm drawn) {
    return Claim.of(templateId, bindingId, drawn, ArmSource.GENERATION);
  }

  /** The inferred control, now that its action is known to be the only one. */
  Claim confirmed() {
    return Claim.of(templateId, bindingId, arm, source);
  }

  boolean isTreatment() {
    return arm == Arm.TREATMENT;
  }
}
