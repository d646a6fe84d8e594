package dev.copyloop.events.settings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a template is used, and since when. Exactly one of {@code campaignId} and {@code
 * broadcastId} is present.
 *
 * @param webhookActionId the Webhook Action that calls generate
 * @param messageActionIds the actions that send the treatment's message; empty: inferred
 * @param controlActionIds the actions that send the control's message; empty: inferred
 * @param controlShare the share of journeys that the campaign sends to control, in [0, 1)
 * @param validTo exclusive; empty: still valid
 */
public record Binding(
    String id,
    String workspace,
    Optional<String> campaignId,
    Optional<String> broadcastId,
    Optional<String> webhookActionId,
    List<String> messageActionIds,
    List<String> controlActionIds,
    AttributeScope attributeScope,
    BigDecimal controlShare,
    Instant validFrom,
    Optional<Instant> validTo) {

  public Binding {
    messageActionIds = List.copyOf(messageActionIds);
    controlActionIds = List.copyOf(controlActionIds);
  }

  /** Whether this binding holds at that time. */
  public boolean holdsAt(Instant time) {
    return !time.isBefore(validFrom) && validTo.map(time::isBefore).orElse(true);
  }
}
