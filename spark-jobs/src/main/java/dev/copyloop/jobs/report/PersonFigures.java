package dev.copyloop.jobs.report;

import java.util.List;

/**
 * Different people, each once, of one copy, or of all of them together.
 *
 * @param templateId null: of all templates together
 * @param arm null: of both arms together
 * @param copyKey null: of all copies together
 * @param sent people who were sent a message in the range
 * @param ofSent those of them who engaged with it at any time: the cohort's view
 * @param inRange people who engaged in the range, whenever they were sent the message
 * @param rules people with events of the org's own in the range
 */
public record PersonFigures(
    String templateId,
    String arm,
    String copyKey,
    long sent,
    Engaged ofSent,
    Engaged inRange,
    List<RulePersons> rules) {

  public PersonFigures {
    rules = List.copyOf(rules);
  }

  /** Different people by what they did; {@code human}: not by machines alone. */
  public record Engaged(
      long opened,
      long openedHuman,
      long clicked,
      long clickedHuman,
      long converted,
      long unsubscribed) {}

  /**
   * Different people by rule.
   *
   * @param credited with an event credited to this copy
   * @param exposed with an event within the window after this template's message, whatever was
   *     touched
   */
  public record RulePersons(String ruleId, int ruleVersion, long credited, long exposed) {}
}
