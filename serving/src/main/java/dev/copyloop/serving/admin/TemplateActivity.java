package dev.copyloop.serving.admin;

import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.activity.Places;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was counted of an org for one of its templates during the last eight days. */
record TemplateActivity(List<Count> counts) {
  private static final String CALL = "webhook_";

  /**
   * How often something happened.
   *
   * @param lastHour in whole slots of ten minutes, like {@code lastDay}
   */
  record Count(String place, String metric, Instant last, long lastHour, long lastDay) {
    private Count and(Count other) {
      return new Count(
          place,
          metric,
          last.isAfter(other.last) ? last : other.last,
          lastHour + other.lastHour,
          lastDay + other.lastDay);
    }
  }

  TemplateActivity {
    counts = List.copyOf(counts);
  }

  /** Its calls of generate. */
  List<Count> calls(Template template) {
    return byMetric(count -> count.place().equals(Places.template(template.id())));
  }

  /** What Customer.io reports of its campaigns' messages. */
  List<Count> messages(Template template) {
    return byMetric(count -> isOf(template, count) && !count.metric().startsWith(CALL));
  }

  /** What Customer.io reports of its Webhook Actions: all of the campaign's where none is named. */
  List<Count> callsAtCustomerIo(Template template) {
    return byMetric(count -> isCallOf(template, count));
  }

  /** Webhooks of the org by whether their signature was right. */
  List<Count> org() {
    return byMetric(count -> count.place().equals(Places.ORG));
  }

  /** Calls that Customer.io says were answered, without one here: somebody else answered them. */
  long lost(Template template) {
    return Math.max(
        0,
        lastDay(callsAtCustomerIo(template), "webhook_sent")
            - lastDay(calls(template), "generate")
            - lastDay(calls(template), "test"));
  }

  static long lastDay(List<Count> counts, String metric) {
    return counts.stream()
        .filter(count -> count.metric().equals(metric))
        .mapToLong(Count::lastDay)
        .sum();
  }

  private static boolean isOf(Template template, Count count) {
    return template.bindings().stream()
        .anyMatch(binding -> count.place().startsWith(Places.of(binding)));
  }

  private static boolean isCallOf(Template template, Count count) {
    return count.metric().startsWith(CALL)
        && template.bindings().stream()
            .anyMatch(
                binding ->
                    binding
                        .webhookActionId()
                        .map(action -> count.place().equals(Places.of(binding) + action))
                        .orElseGet(() -> count.place().startsWith(Places.of(binding))));
  }

  private List<Count> byMetric(Predicate<Count> wanted) {
    Map<String, Count> byMetric = new LinkedHashMap<>();
    counts.stream()
        .filter(wanted)
        .sorted(Comparator.comparing(Count::metric))
        .forEach(count -> byMetric.merge(count.metric(), count, Count::and));
    return List.copyOf(byMetric.values());
  }
}
