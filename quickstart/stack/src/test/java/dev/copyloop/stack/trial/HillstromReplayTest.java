package dev.copyloop.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.OrgAccess;
import dev.copyloop.stack.traffic.Traffic;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HillstromReplayTest {
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
  private static final HillstromReplay REPLAY = new HillstromReplay(42, END);
  private static final Traffic TRAFFIC =
      new Traffic(REPLAY.plan("demo").campaign(), new OrgAccess("demo", "key", "signing-key"));
  private static final Map<String, String> ATTRS =
      HillstromFile.ATTRS.stream().collect(Collectors.toMap(name -> name, name -> "7.10"));

  @Test
  void aMailThatSoldSendsAGenerateCallFourWebhooksAndAPurchase() throws Exception {
    ReplayStep step = REPLAY.step(row(7, Optional.of("mens"), true, "29.99"), TRAFFIC);
    JsonNode generate = json(step.first().orElseThrow());
    assertThat(generate.get("user_id").textValue()).isEqualTo("h-7");
    assertThat(generate.get("propensity").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(generate.get("attrs")).hasSize(8);
    assertThat(generate.at("/attrs/history").textValue()).isEqualTo("7.10");
    assertThat(generate.has("segment")).isFalse();

    List<JsonNode> next = followers(step);
    assertThat(next.subList(0, 4))
        .extracting(event -> event.get("metric").textValue())
        .containsExactly("sent", "delivered", "clicked", "converted");
    assertThat(next.subList(0, 4))
        .allSatisfy(
            event -> {
              assertThat(event.at("/data/journey_id")).isEqualTo(generate.get("tracking_id"));
              assertThat(event.at("/data/action_id").intValue()).isEqualTo(1001);
            });
    JsonNode purchase = next.get(4);
    assertThat(purchase.at("/properties/value").decimalValue()).isEqualByComparingTo("29.99");
    assertThat(purchase.at("/properties/currency").textValue()).isEqualTo("USD");
    assertThat(purchase.has("copy_id")).isFalse();
  }

  @Test
  void whoGotNoMailIsNeverAskedFor() throws Exception {
    ReplayStep step = REPLAY.step(row(8, Optional.empty(), false, "0"), TRAFFIC);
    assertThat(step.first()).isEmpty();
    List<JsonNode> next = followers(step);
    assertThat(next)
        .extracting(event -> event.get("metric").textValue())
        .containsExactly("sent", "delivered");
    assertThat(next)
        .allSatisfy(event -> assertThat(event.at("/data/action_id").intValue()).isEqualTo(1002));
  }

  @Test
  void everythingHappensWithinAMinuteOfItsMailAndBeforeTheEnd() throws Exception {
    for (int number = 1; number <= 2000; number++) {
      ReplayStep step = REPLAY.step(row(number, Optional.of("womens"), true, "1"), TRAFFIC);
      long generated = json(step.first().orElseThrow()).get("occurred_at").longValue();
      assertThat(generated).isGreaterThanOrEqualTo(END.getEpochSecond() - 86_400);
      for (JsonNode event : followers(step)) {
        assertThat(event.get("timestamp").longValue())
            .isBetween(generated + 1, generated + 60)
            .isLessThanOrEqualTo(END.getEpochSecond());
      }
    }
  }

  @Test
  void theSameSeedSendsTheSameBytes() {
    HillstromRow row = row(9, Optional.of("mens"), true, "3.50");
    assertThat(texts(REPLAY.step(row, TRAFFIC))).isEqualTo(texts(REPLAY.step(row, TRAFFIC)));
    assertThat(texts(new HillstromReplay(43, END).step(row, TRAFFIC)))
        .isNotEqualTo(texts(REPLAY.step(row, TRAFFIC)));
  }

  private static HillstromRow row(
      int number, Optional<String> variant, boolean bought, String spend) {
    return new HillstromRow(number, ATTRS, variant, bought, bought, new BigDecimal(spend));
  }

  private static List<String> texts(ReplayStep step) {
    List<ReplayRequest> all = new ArrayList<>();
    step.first().ifPresent(all::add);
    all.addAll(step.next().apply(Optional.empty()));
    return all.stream().map(ReplayRequest::text).toList();
  }

  private static List<JsonNode> followers(ReplayStep step) throws Exception {
    List<JsonNode> nodes = new ArrayList<>();
    for (ReplayRequest request : step.next().apply(Optional.empty())) {
      nodes.add(json(request));
    }
    return nodes;
  }

  private static JsonNode json(ReplayRequest request) throws Exception {
    return Json.mapper().readTree(request.text());
  }
}
