package dev.copyloop.jobs.attribute.customevents;

import static dev.copyloop.jobs.attribute.journey.DeliveryBuilder.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.CustomMetric;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonMetricsTest {

  private static CustomMetric metric(Map<String, String> where) {
    return new CustomMetric(
        "m",
        2,
        new CustomMetric.OwnEvents("purchase"),
        where,
        CustomMetric.Aggregate.COUNT,
        Duration.ofDays(1),
        CustomMetric.Direction.INCREASE,
        CustomMetric.Role.KEY);
  }

  private static ExposedDelivery sent(String id, String template, long seconds) {
    return new ExposedDelivery(
        id,
        "production",
        template,
        "treatment",
        "copy",
        "copy",
        "1001",
        "email",
        "j",
        1,
        true,
        micros(seconds),
        List.of(),
        List.of());
  }

  private static CustomEvent purchase(String id, long seconds, String properties) {
    return new CustomEvent(
        "acme",
        id,
        "purchase",
        micros(seconds),
        "u1",
        null,
        BigDecimal.TEN,
        "USD",
        null,
        null,
        properties);
  }

  @Test
  void eachEventCountsOncePerTemplateInsideTheWindow() {
    List<ExposedDelivery> deliveries =
        List.of(sent("d1", "welcome", 0), sent("d2", "welcome", 10), sent("d3", "winback", 20));

    List<AttributedEvent> results =
        PersonMetrics.measure(
            metric(Map.of()),
            deliveries,
            List.of(
                purchase("e2", 40, null),
                purchase("e1", 30, null),
                purchase("late", 86_420, null)));

    assertThat(results)
        .extracting(each -> each.event().eventId() + " " + each.delivery().deliveryId())
        .containsExactly("e1 d2", "e1 d3", "e2 d2", "e2 d3");
    assertThat(results)
        .extracting(AttributedEvent::firstOfPerson)
        .containsExactly(true, true, false, false);
    assertThat(results).allMatch(each -> each.kind().equals("metric") && each.ruleVersion() == 2);
  }

  @Test
  void onlyEventsWhosePropertiesHaveTheNamedValuesAreTaken() {
    CustomMetric pro = metric(Map.of("plan", "pro", "seats", "3"));

    assertThat(PersonMetrics.takes(pro, purchase("e", 0, "{\"plan\":\"pro\",\"seats\":3}")))
        .isTrue();
    assertThat(PersonMetrics.takes(pro, purchase("e", 0, "{\"plan\":\"pro\"}"))).isFalse();
    assertThat(PersonMetrics.takes(pro, purchase("e", 0, "{\"plan\":{},\"seats\":3}"))).isFalse();
    assertThat(PersonMetrics.takes(pro, purchase("e", 0, null))).isFalse();
  }
}
