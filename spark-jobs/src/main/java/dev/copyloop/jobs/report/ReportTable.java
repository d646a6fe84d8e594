package dev.copyloop.jobs.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as plain text of at most 120 columns. */
final class ReportTable {

  private static final String NONE = "–";

  private ReportTable() {}

  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    report.templates().forEach(template -> addTemplate(lines, template));
    lines.add("unattributed: " + unattributed(report.unattributed()));
    report.reconciliation().lines().forEach(line -> lines.add("reconciled:   " + line));
    if (!report.daysOfOlderSettings().isEmpty()) {
      lines.add(olderSettings(report.daysOfOlderSettings()));
    }
    lines.add("");
    lines.add("exports: " + report.exports());
    report.howToRead().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static String olderSettings(List<LocalDate> days) {
    return "settings:     %,d days between %s and %s were computed by older ones; backfill applies the current"
        .formatted(days.size(), days.get(0), days.get(days.size() - 1));
  }

  private static void addTemplate(List<String> lines, TemplateFigures template) {
    lines.add("template " + template.templateId() + "  (rates of sends, 95 % intervals)");
    TextTable messages =
        new TextTable(
            1,
            "copy",
            "generations",
            "sends",
            "delivered",
            "opens",
            "human",
            "clicks",
            "human",
            "click rate",
            "converted",
            "rate");
    template.copies().forEach(copy -> messages.row(message(copy)));
    lines.addAll(messages.lines());
    lines.add("");
    if (template.copies().stream().anyMatch(copy -> !copy.rules().isEmpty())) {
      addRules(lines, template);
    }
  }

  private static String[] message(CopyFigures copy) {
    return new String[] {
      copy.name(),
      number(copy.generations()),
      number(copy.sends() + copy.sendsImplied()),
      copy.delivered() == null ? NONE : number(copy.delivered()),
      number(copy.opens().unique()),
      number(copy.opens().human()),
      number(copy.clicks().unique()),
      number(copy.clicks().human()),
      rate(copy.clickRate()),
      number(copy.conversions()),
      rate(copy.conversionRate())
    };
  }

  private static void addRules(List<String> lines, TemplateFigures template) {
    TextTable rules =
        new TextTable(
            2,
            "rule",
            "copy",
            "events",
            "persons",
            "rate",
            "value",
            "currency",
            "lift events",
            "lift value");
    for (CopyFigures copy : template.copies()) {
      copy.rules().forEach(rule -> rules.row(rule(copy, rule)));
    }
    lines.addAll(rules.lines());
    lines.add("");
  }

  private static String[] rule(CopyFigures copy, RuleFigures rule) {
    return new String[] {
      rule.ruleId() + " v" + rule.ruleVersion(),
      copy.name(),
      decimal(rule.events(), 0),
      number(rule.persons()),
      rate(rule.rate()),
      decimal(rule.value(), 2),
      rule.currency() == null ? NONE : rule.currency(),
      number(rule.liftEvents()),
      decimal(rule.liftValue(), 2)
    };
  }

  private static String unattributed(Map<String, Long> byReason) {
    return byReason.isEmpty()
        ? "0"
        : byReason.entrySet().stream()
            .map(reason -> reason.getKey() + " " + number(reason.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String rate(Rate rate) {
    return rate == null
        ? NONE
        : String.format(
            Locale.ROOT,
            "%.2f%% [%.2f, %.2f]",
            100 * rate.rate(),
            100 * rate.low(),
            100 * rate.high());
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** At least so many decimals, more only if the number has more. */
  private static String decimal(BigDecimal number, int decimals) {
    int needed = Math.max(decimals, number.stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + needed + "f", number);
  }
}
