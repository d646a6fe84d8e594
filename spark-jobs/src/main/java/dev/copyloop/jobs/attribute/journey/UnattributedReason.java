package dev.copyloop.jobs.attribute.journey;

import java.util.Locale;

/** Why a delivery belongs to no arm of any template. Closed: a new reason is a new release. */
public enum UnattributedReason {
  /** Slack, or an object type this release does not know: kept, never matched. */
  UNCOUNTED_CHANNEL,
  /** It answers a test generation, or went to an internal recipient: left out of every number. */
  TEST,
  /** A newsletter: no template can be bound to one. */
  NEWSLETTER,
  /** A transactional message: no template can be bound to one. */
  TRANSACTIONAL,
  /** None of its events names a campaign or a broadcast. */
  NO_ORIGIN,
  /** No template has a binding to its campaign or broadcast. */
  UNBOUND_CAMPAIGN,
  /** Bindings to its campaign exist, but none held at that time. */
  NO_BINDING_AT_TIME,
  /** The bindings say which actions they mean, and its action is none of them. */
  UNKNOWN_ACTION,
  /** Its arm can only be inferred from its journey, and its events name none. */
  NO_JOURNEY,
  /** Several actions could be the control: the binding must say which; see its candidates. */
  CONTROL_ACTION_NEEDED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in tables. */
  public String label() {
    return label;
  }
}
