package dev.copyloop.jobs.attribute.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngagementMetricsTest {
  private static final String PRICING = "https://Shop.example:8443/pricing?to=ann#top";
  private static final SettingsIndex SETTINGS = new SettingsIndex(SampleSettings.plain());

  private static CustomMetric metric(String id, Engagements.Kind kind, Map<String, String> where) {
    return new CustomMetric(
        id,
        1,
        new Engagements(kind),
        where,
        CustomMetric.Aggregate.UNIQUE,
        Duration.ofMinutes(10),
        CustomMetric.Direction.INCREASE,
        CustomMetric.Role.NONE);
  }

  private static CustomMetric clicks(Map<String, String> where) {
    return metric("clicks", Engagements.Kind.CLICKED, where);
  }

  private static DeliveryBuilder sent(String id) {
    return new DeliveryBuilder(id).event("sent", 0);
  }

  /** Each engagement that a metric takes: its metric, its delivery's id and time, and if first. */
  private static List<String> measured(List<Delivery> deliveries) {
    List<String> measured = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      for (Engagement engagement : delivery.engagements()) {
        long second = engagement.occurredAt() / 1_000_000 - DeliveryBuilder.START;
        engagement
            .measured()
            .forEach(
                each ->
                    measured.add(
                        "%s %s %d%s"
                            .formatted(
                                each.metricId(),
                                delivery.ids().deliveryId(),
                                second,
                                each.firstOfJourney() ? " first" : "")));
      }
    }
    measured.sort(null);
    return measured;
  }

  private static List<Delivery> attributed(DeliveryBuilder... deliveries) {
    List<Delivery> built = new ArrayList<>();
    for (DeliveryBuilder each : deliveries) {
      built.add(each.build());
    }
    return new JourneyAttribution(SETTINGS).attribute(built, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "href, https://Shop.example:8443/pricing?to=ann#top, true",
    "href, https://Shop.example:8443/pricing, false",
    "href_host, shop.example, true",
    "href_host, example, false",
    "href_path, /pricing, true",
    "href_path, /pricing/, false",
    "human_class, human, true",
    "human_class, unknown, false",
    "link_id, 7, false",
  })
  void aClickIsTakenIfItHasWhatTheMetricAsksFor(String property, String value, boolean taken) {
    Delivery delivery =
        sent("d1").clickedOn(5, PRICING).measuredBy(clicks(Map.of(property, value))).build();

    assertThat(measured(List.of(delivery))).hasSize(taken ? 1 : 0);
  }

  @Test
  void otherEngagementsAndLateOnesAreNotTakenAndEarlyOnesAre() {
    Delivery delivery =
        new DeliveryBuilder("d1")
            .clickedOn(-1, PRICING)
            .event("sent", 0)
            .opened(1, false)
            .clickedOn(599, PRICING)
            .clickedOn(600, PRICING)
            .measuredBy(clicks(Map.of()))
            .build();

    assertThat(measured(List.of(delivery))).containsExactly("clicks d1 -1", "clicks d1 599");
  }

  @Test
  void ofAJourneyTheEarliestThatEachMetricTakesIsItsFirst() {
    CustomMetric pricing = clicks(Map.of("href_path", "/pricing"));
    CustomMetric opens = metric("opens", Engagements.Kind.OPENED, Map.of());

    List<Delivery> deliveries =
        attributed(
            sent("d1").clickedOn(50, PRICING).opened(40, null).measuredBy(pricing, opens),
            sent("d2")
                .clickedOn(5, "https://shop.example/")
                .clickedOn(30, PRICING)
                .opened(60, true)
                .measuredBy(pricing, opens));

    assertThat(measured(deliveries))
        .containsExactly("clicks d1 50", "clicks d2 30 first", "opens d1 40 first", "opens d2 60");
  }

  @Test
  void whatBelongsToNoTemplateIsNobodysFirst() {
    List<Delivery> deliveries =
        attributed(
            new DeliveryBuilder("d1")
                .action("77")
                .event("sent", 0)
                .clickedOn(5, PRICING)
                .measuredBy(clicks(Map.of())),
            sent("d2").clickedOn(9, PRICING).measuredBy(clicks(Map.of())));

    assertThat(measured(deliveries)).containsExactly("clicks d1 5", "clicks d2 9 first");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "https://shop.example/a/b?c#d, shop.example, /a/b",
        "HTTPS://USER:key@Shop.Example:8443?x=/y, shop.example, /",
        "app://open, open, /",
        "https://shop.example/#/not/the/path, shop.example, /",
        "https://shop.example/{{ path }}/ä b, shop.example, /{{ path }}/ä b",
        "mailto:ann@example.com, none, none",
        "'', none, none",
        "none, none, none"
      })
  void anAddressHasAHostAndAPathWhateverItLooksLike(String address, String host, String path) {
    assertThat(LinkAddress.host(address)).isEqualTo(host);
    assertThat(LinkAddress.path(address)).isEqualTo(path);
  }
}
