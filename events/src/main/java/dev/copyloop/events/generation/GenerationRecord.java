package dev.copyloop.events.generation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was true when one call of {@code generate} was answered; the body of its landing line.
 *
 * <p>Several calls of one logical decision share a {@code generationId}; the latest answered one is
 * the generation, the others are superseded.
 *
 * @param generationId identity of the logical decision, see {@link GenerationIdentity}
 * @param callId identity of this answer; the landing line's event id
 * @param decidedAtMillis when it was answered, epoch milliseconds
 * @param occurredAtMillis when it happened: {@code decidedAtMillis}, unless a replay key set it
 * @param userId the caller's id of the person, verbatim; empty if blank or absent
 * @param trackingId the caller's id of the journey, verbatim; empty if blank or absent
 * @param copyId the variant served
 * @param vars the variant's texts at serving time, not hydrated
 * @param varsRendered the texts as this person got them; empty unless the org keeps them
 * @param attrs the caller's attributes as recorded: absent ones left out, keys sorted
 * @param propensity the exact probability with which the variant was chosen, in (0, 1]
 * @param policyVersion the policy it was drawn by; {@code uniform} before there is data
 * @param fallback why the template's fallback copy was served; empty if a variant was drawn
 * @param idempotencyKey the ESP's idempotency key, else its delivery id
 */
public record GenerationRecord(
    String generationId,
    String callId,
    String org,
    String templateId,
    long decidedAtMillis,
    long occurredAtMillis,
    Optional<String> userId,
    Optional<String> trackingId,
    Optional<String> workspace,
    Optional<String> campaignId,
    Optional<String> webhookActionId,
    Arm arm,
    String copyId,
    Map<String, String> vars,
    Optional<Map<String, String>> varsRendered,
    Map<String, String> attrs,
    double propensity,
    String policyVersion,
    Draw draw,
    Optional<FallbackReason> fallback,
    Optional<String> idempotencyKey,
    boolean forced,
    boolean test,
    boolean replayed) {

  public GenerationRecord {
    Objects.requireNonNull(generationId, "generationId");
    Objects.requireNonNull(callId, "callId");
    Objects.requireNonNull(copyId, "copyId");
    vars = Map.copyOf(vars);
    varsRendered = varsRendered.map(Map::copyOf);
    attrs = Map.copyOf(attrs);
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException(
          "Invalid propensity " + propensity + ": expected a number in (0, 1]");
    }
  }

  /** How the variant was drawn. */
  public enum Draw {
    /** By the hash of org, template, user and tracking id: a retry draws the same. */
    HASH,
    /** Neither a user nor a tracking id was given: a random number, not repeatable. */
    RANDOM,
    /** Nothing was drawn: the caller named the copy, or the fallback was served. */
    NONE
  }
}
