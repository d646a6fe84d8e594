package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How many different people a range of days reached. No row is the sum of others: a person of two
 * copies or days is one person.
 *
 * @param range in words
 * @param withoutPerson deliveries in the range that name nobody, or somebody several people share:
 *     they are in no figure
 */
public record PersonReport(
    String org, String range, long withoutPerson, List<PersonFigures> figures)
    implements JobResult {

  public PersonReport {
    figures = List.copyOf(figures);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("Different people of %s, %s. Rows don't add up.".formatted(org, range));
    TextTable table =
        new TextTable(
            3, "template", "arm", "copy", "sent", "opened", "human", "clicked", "human", "rules");
    figures.forEach(each -> table.row(cells(each)));
    lines.addAll(table.lines());
    lines.add("Opened and clicked: of those sent in the range, at any time.");
    lines.add("%,d deliveries name nobody that could be told apart.".formatted(withoutPerson));
    return lines;
  }

  private static String[] cells(PersonFigures each) {
    PersonFigures.Engaged engaged = each.ofSent();
    return new String[] {
      Objects.requireNonNullElse(each.templateId(), "all"),
      Objects.requireNonNullElse(each.arm(), "all"),
      Objects.requireNonNullElse(each.copyKey(), "all"),
      "%,d".formatted(each.sent()),
      "%,d".formatted(engaged.opened()),
      "%,d".formatted(engaged.openedHuman()),
      "%,d".formatted(engaged.clicked()),
      "%,d".formatted(engaged.clickedHuman()),
      String.join(
          " ",
          each.rules().stream()
              .map(
                  rule ->
                      "%s v%d: %,d".formatted(rule.ruleId(), rule.ruleVersion(), rule.credited()))
              .toList())
    };
  }
}
