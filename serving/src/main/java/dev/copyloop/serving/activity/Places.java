package dev.copyloop.serving.activity;

import dev.copyloop.events.settings.Binding;

/** How the places of an org are spelled, at which events are counted. */
public final class Places {
  /** The org as a whole. */
  public static final String ORG = "org";

  private Places() {}

  /** A template: the calls of generate. */
  public static String template(String templateId) {
    return "template/" + templateId;
  }

  /** An action of a campaign or broadcast: the events that Customer.io reports. */
  static String action(String workspace, WebhookFacts facts) {
    return "%s/%s/%s/%s".formatted(workspace, facts.use(), facts.useId(), facts.actionId());
  }

  /** What the places of a binding's actions begin with. */
  public static String of(Binding binding) {
    return binding
        .campaignId()
        .map(id -> "%s/campaign/%s/".formatted(binding.workspace(), id))
        .orElseGet(
            () ->
                "%s/broadcast/%s/"
                    .formatted(binding.workspace(), binding.broadcastId().orElse("")));
  }
}
