package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An org's figures beside Customer.io's own screens.
 *
 * @param range in words
 * @param actions by workspace, campaign or broadcast, action and day of creation
 * @param differences why the two differ, with how many of ours each reason explains
 */
public record TieOut(
    String org, String range, List<ActionDay> actions, List<Difference> differences)
    implements JobResult {

  public TieOut {
    actions = List.copyOf(actions);
    differences = List.copyOf(differences);
  }

  /**
   * One action's deliveries of one day.
   *
   * @param workspace whose screen shows them, since ids are unique in one workspace only; null if
   *     none is known
   * @param campaign Customer.io's id of the campaign or broadcast; null for other messages
   * @param action null for messages without one
   * @param created the day on which the message was created, in the org's time zone
   * @param theirs deliveries by Customer.io's metric, as its screens count them
   * @param ours exposures by the measure of {@code daily_metrics} of those deliveries
   */
  public record ActionDay(
      String workspace,
      String campaign,
      String action,
      String channel,
      LocalDate created,
      Map<String, Long> theirs,
      Map<String, Long> ours) {

    public ActionDay {
      theirs = Map.copyOf(theirs);
      ours = Map.copyOf(ours);
    }
  }

  /**
   * A reason why the figures differ.
   *
   * @param name one word for it
   * @param meaning what it is, for a person
   * @param sent how many of their {@code sent} it explains
   * @param opened how many of their {@code opened}
   * @param clicked how many of their {@code clicked}
   */
  public record Difference(String name, String meaning, long sent, long opened, long clicked) {}

  /**
   * Checks that the counted reasons explain the whole difference.
   *
   * @throws JobException with the audit's exit code if they don't
   */
  void check() {
    check("sent", "sends", differences.stream().mapToLong(Difference::sent).sum());
    check("opened", "unique_opens", differences.stream().mapToLong(Difference::opened).sum());
    check("clicked", "unique_clicks", differences.stream().mapToLong(Difference::clicked).sum());
  }

  private void check(String theirs, String ours, long explained) {
    long difference = 0;
    for (ActionDay day : actions) {
      difference += day.theirs().get(theirs) - day.ours().get(ours);
    }
    if (difference != explained) {
      throw JobException.auditFailed(
          "Cannot tie out %s: they differ from %s by %d, of which the reasons explain %d"
              .formatted(theirs, ours, difference, explained));
    }
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Deliveries of %s by day of creation, %s, as Customer.io counts".formatted(org, range));
    TextTable table =
        new TextTable(
            5,
            "workspace",
            "campaign",
            "action",
            "channel",
            "created",
            "sent",
            "ours",
            "delivered",
            "opened",
            "ours",
            "clicked",
            "ours",
            "converted",
            "bounced");
    actions.forEach(day -> table.row(cells(day)));
    lines.addAll(table.lines());
    lines.add("Why ours differ:");
    for (Difference each : differences) {
      lines.add(
          "  %s: %s. Sent %+d, opened %+d, clicked %+d"
              .formatted(each.name(), each.meaning(), each.sent(), each.opened(), each.clicked()));
    }
    return lines;
  }

  private static String[] cells(ActionDay day) {
    return new String[] {
      Objects.requireNonNullElse(day.workspace(), "-"),
      Objects.requireNonNullElse(day.campaign(), "-"),
      Objects.requireNonNullElse(day.action(), "-"),
      Objects.requireNonNullElse(day.channel(), "-"),
      day.created().toString(),
      count(day.theirs(), "sent"),
      count(day.ours(), "sends"),
      count(day.theirs(), "delivered"),
      count(day.theirs(), "opened"),
      count(day.ours(), "unique_opens"),
      count(day.theirs(), "clicked"),
      count(day.ours(), "unique_clicks"),
      count(day.theirs(), "converted"),
      count(day.theirs(), "bounced")
    };
  }

  private static String count(Map<String, Long> counts, String name) {
    return "%,d".formatted(counts.get(name));
  }
}
