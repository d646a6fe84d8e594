package dev.copyloop.events.customerio;

import java.util.Map;
import java.util.Optional;

/**
 * One event of a Customer.io reporting webhook: the members that have a meaning here, and all
 * others as JSON text. Nothing is mandatory but the metric. Immutable.
 *
 * <p>Ids are text whatever their JSON type was; blank and null mean absent, since Customer.io sends
 * both for deleted people.
 */
public final class ReportingEvent {
  private final Map<ReportingMember, String> texts;
  private final Optional<String> extra;

  ReportingEvent(Map<ReportingMember, String> texts, Optional<String> extra) {
    this.texts = texts;
    this.extra = extra;
  }

  /** The member's text; empty if it is absent, null or blank. */
  public Optional<String> text(ReportingMember member) {
    return Optional.ofNullable(texts.get(member));
  }

  /**
   * The member's flag; empty if it is absent, which means unknown.
   *
   * @throws IllegalArgumentException if the member is not a flag
   */
  public Optional<Boolean> flag(ReportingMember member) {
    if (!member.isFlag()) {
      throw new IllegalArgumentException("Member " + member + " is not a flag");
    }
    return text(member).map(Boolean::valueOf);
  }

  /**
   * The members without a meaning here, as a JSON object shaped like the body: the envelope's at
   * its top, the others below {@code data}; names sorted, the last of duplicate names. Empty if
   * there are none.
   */
  public Optional<String> extra() {
    return extra;
  }

  /** The kind and the ids, without personal data. */
  @Override
  public String toString() {
    return "ReportingEvent[%s %s %s]"
        .formatted(
            text(ReportingMember.OBJECT_TYPE).orElse("?"),
            text(ReportingMember.METRIC).orElse("?"),
            text(ReportingMember.EVENT_ID).orElse("?"));
  }
}
