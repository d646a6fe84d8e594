package dev.copyloop.jobs.attribute.customevents;

import static dev.copyloop.jobs.attribute.journey.DeliveryBuilder.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.AttributionRule.Model;
import dev.copyloop.events.settings.AttributionRule.Touch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PersonAttributionTest {

  private static final Duration WINDOW = Duration.ofDays(14);
  private static final long WINDOW_MICROS = WINDOW.toNanos() / 1_000;

  private static AttributionRule rule(Touch touch, Model model) {
    return new AttributionRule("r", 1, "purchase", touch, model, WINDOW);
  }

  private static ExposedDelivery sent(String id, long seconds) {
    return touched(id, seconds, List.of(), List.of());
  }

  private static ExposedDelivery touched(
      String id, long seconds, List<Long> opens, List<Long> clicks) {
    return new ExposedDelivery(
        id,
        "production",
        "welcome",
        "treatment",
        "copy-" + id,
        "copy-" + id,
        "1001",
        "email",
        "journey-" + id,
        1,
        true,
        micros(seconds),
        opens,
        clicks);
  }

  private static CustomEvent purchase(String id, long at, String value) {
    return purchase(id, at, value, null, null);
  }

  private static CustomEvent purchase(
      String id, long at, String value, String copyId, String trackingId) {
    BigDecimal amount = value == null ? null : new BigDecimal(value).setScale(6);
    return new CustomEvent(
        "acme", id, "purchase", at, "u1", null, amount, "USD", copyId, trackingId, null);
  }

  private static List<AttributedEvent> credits(
      AttributionRule rule, List<ExposedDelivery> deliveries, CustomEvent... events) {
    return of(AttributedEvent.CREDIT, rule, deliveries, events);
  }

  private static List<AttributedEvent> of(
      String kind, AttributionRule rule, List<ExposedDelivery> deliveries, CustomEvent... events) {
    return PersonAttribution.attribute(rule, deliveries, List.of(events)).stream()
        .filter(result -> result.kind().equals(kind))
        .toList();
  }

  @Test
  @Tag("case-15-window-boundaries")
  void windowIncludesItsStartAndExcludesItsEnd() {
    AttributionRule rule = rule(Touch.SEND, Model.LAST);
    List<ExposedDelivery> sent = List.of(sent("d1", 0));

    assertThat(credits(rule, sent, purchase("e", micros(0) - 1, "1"))).isEmpty();
    assertThat(credits(rule, sent, purchase("e", micros(0), "1"))).hasSize(1);
    assertThat(credits(rule, sent, purchase("e", micros(0) + WINDOW_MICROS - 1, "1"))).hasSize(1);
    assertThat(credits(rule, sent, purchase("e", micros(0) + WINDOW_MICROS, "1"))).isEmpty();
  }

  @Test
  void eventWithoutTouchIsKeptWithItsReason() {
    List<AttributedEvent> results =
        PersonAttribution.attribute(
            rule(Touch.SEND, Model.LAST), List.of(), List.of(purchase("e", micros(0), "9.50")));

    assertThat(results).hasSize(1);
    assertThat(results.get(0).kind()).isEqualTo("none");
    assertThat(results.get(0).reason()).isEqualTo("no_touch");
    assertThat(results.get(0).value()).isEqualByComparingTo("9.50");
  }

  @Test
  void strongestClassComesBeforeTheLatestTouch() {
    List<ExposedDelivery> deliveries =
        List.of(touched("clicked", 0, List.of(), List.of(micros(10))), sent("later", 100));

    List<AttributedEvent> credits =
        credits(rule(Touch.SEND, Model.LAST), deliveries, purchase("e", micros(200), "1"));

    assertThat(credits).hasSize(1);
    assertThat(credits.get(0).delivery().deliveryId()).isEqualTo("clicked");
    assertThat(credits.get(0).touch().kind()).isEqualTo(Touch.CLICK);
  }

  @Test
  void clickRuleTakesNoSend() {
    assertThat(
            credits(
                rule(Touch.CLICK, Model.LAST),
                List.of(sent("d1", 0)),
                purchase("e", micros(1), "1")))
        .isEmpty();
  }

  @Test
  @Tag("case-15-window-boundaries")
  void tiesGoToTheLastDeliveryId() {
    List<AttributedEvent> credits =
        credits(
            rule(Touch.SEND, Model.LAST),
            List.of(sent("b", 0), sent("a", 0)),
            purchase("e", micros(1), "1"));

    assertThat(credits).extracting(credit -> credit.delivery().deliveryId()).containsExactly("b");
  }

  @Test
  void explicitTrackingIdWinsInsideTheWindowOnly() {
    AttributionRule rule = rule(Touch.SEND, Model.LAST);
    List<ExposedDelivery> deliveries = List.of(sent("old", 0), sent("new", 100));

    assertThat(credits(rule, deliveries, purchase("e", micros(200), "1", null, "journey-old")))
        .extracting(credit -> credit.delivery().deliveryId())
        .containsExactly("old");
    assertThat(
            credits(
                rule,
                deliveries,
                purchase("e", micros(50) + WINDOW_MICROS, "1", null, "journey-old")))
        .extracting(credit -> credit.delivery().deliveryId())
        .containsExactly("new");
  }

  @Test
  void explicitCopyIdWins() {
    assertThat(
            credits(
                rule(Touch.SEND, Model.LAST),
                List.of(sent("old", 0), sent("new", 100)),
                purchase("e", micros(200), "1", "copy-old", null)))
        .extracting(credit -> credit.delivery().deliveryId())
        .containsExactly("old");
  }

  @Test
  void linearCreditsAndValuesSumExactlyWithTheRemainderOnTheLast() {
    List<AttributedEvent> credits =
        credits(
            rule(Touch.SEND, Model.LINEAR),
            List.of(sent("a", 0), sent("b", 10), sent("c", 20)),
            purchase("e", micros(30), "-10.00"));

    assertThat(credits)
        .extracting(AttributedEvent::credit)
        .containsExactly(
            new BigDecimal("0.333333"), new BigDecimal("0.333333"), new BigDecimal("0.333334"));
    assertThat(credits)
        .extracting(AttributedEvent::value)
        .containsExactly(
            new BigDecimal("-3.333330"), new BigDecimal("-3.333330"), new BigDecimal("-3.333340"));
  }

  @Test
  void positionGivesFortyTwentyForty() {
    assertThat(CreditSplit.shares(Model.POSITION, 4))
        .containsExactly(
            new BigDecimal("0.400000"),
            new BigDecimal("0.100000"),
            new BigDecimal("0.100000"),
            new BigDecimal("0.400000"));
    assertThat(CreditSplit.shares(Model.POSITION, 2))
        .containsExactly(new BigDecimal("0.500000"), new BigDecimal("0.500000"));
  }

  @Test
  void sharesAlwaysSumToOneAndPartsToTheValue() {
    Random random = new Random(7);
    for (Model model : Model.values()) {
      for (int touches = 1; touches <= 40; touches++) {
        List<BigDecimal> shares = CreditSplit.shares(model, touches);
        BigDecimal value = BigDecimal.valueOf(random.nextLong(-1_000_000_000, 1_000_000_000), 6);

        assertThat(shares).hasSize(touches);
        assertThat(shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .isEqualByComparingTo("1");
        assertThat(
                CreditSplit.parts(value, shares).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .isEqualByComparingTo(value);
      }
    }
  }

  @Test
  void twoConversionsOfAPersonAreTwoEventsAndOnePerson() {
    List<AttributedEvent> credits =
        credits(
            rule(Touch.SEND, Model.LAST),
            List.of(sent("d1", 0)),
            purchase("e2", micros(20), "5"),
            purchase("e1", micros(10), "7"));

    assertThat(credits).extracting(AttributedEvent::firstOfPerson).containsExactly(true, false);
    assertThat(credits.get(0).event().eventId()).isEqualTo("e1");
  }

  @Test
  void liftCountsAnEventOncePerTemplateWhateverWasTouched() {
    List<AttributedEvent> lift =
        of(
            AttributedEvent.LIFT,
            rule(Touch.CLICK, Model.LAST),
            List.of(sent("d1", 0), sent("d2", 10)),
            purchase("e", micros(20), "5"));

    assertThat(lift).hasSize(1);
    assertThat(lift.get(0).delivery().deliveryId()).isEqualTo("d2");
    assertThat(lift.get(0).value()).isEqualByComparingTo("5");
  }
}
