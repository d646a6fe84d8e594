package dev.copyloop.stack.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.CopyVariant;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.traffic.Campaign;
import dev.copyloop.stack.traffic.Message;
import dev.copyloop.stack.traffic.Traffic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Turns rows of the trial into requests. Everything follows from the row, its number, the seed and
 * the end, so two replays send the same events.
 *
 * @param end no event is later
 */
public record HillstromReplay(long seed, Instant end) {
  /** Over how long the mails go out. */
  public static final Duration SPAN = Duration.ofHours(24);

  /** Longest time from a mail's generate call to its last event. */
  private static final int LONGEST_SECONDS = 60;

  private static final String TEMPLATE = "hillstrom_email";
  private static final Campaign CAMPAIGN =
      new Campaign(TEMPLATE, "production", 100, 1000, 1001, 1002);
  private static final BigDecimal PROPENSITY = new BigDecimal("0.5");

  private static final Map<String, CopyVariant> VARIANTS =
      Map.of(
          "mens",
          variant("mens", "New arrivals for men", "Men's merchandise, picked for you."),
          "womens",
          variant("womens", "New arrivals for women", "Women's merchandise, picked for you."));

  /** The id of a mail's variant: {@code mens} or {@code womens}. */
  public static String copyId(String key) {
    return VARIANTS.get(key).copyId();
  }

  /** What has to exist first. */
  public OrgPlan plan(String org) {
    return new OrgPlan(
        org,
        CAMPAIGN,
        List.of(VARIANTS.get("mens"), VARIANTS.get("womens")),
        new BigDecimal("0.333"),
        end.minus(SPAN).minus(Duration.ofDays(1)));
  }

  /** How many requests {@link #step} makes of these rows. */
  public static long requests(List<HillstromRow> rows) {
    return rows.stream()
        .mapToLong(
            row ->
                2
                    + row.variant().map(variant -> 1).orElse(0)
                    + (row.visited() ? 1 : 0)
                    + (row.converted() ? 2 : 0))
        .sum();
  }

  /** Everything one row sends: its generate call if it got a mail, then its events. */
  public ReplayStep step(HillstromRow row, Traffic traffic) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + row.number());
    long room = SPAN.toSeconds() - LONGEST_SECONDS;
    long generated = end.minus(SPAN).getEpochSecond() + random.nextLong(room);
    Optional<ReplayRequest> generate =
        row.variant()
            .map(
                key ->
                    traffic.generate(
                        user(row), journey(row), generated, body -> describe(body, row, key)));
    List<ReplayRequest> events = events(row, traffic, times(random, generated));
    return new ReplayStep(generate, answer -> events);
  }

  private static void describe(ObjectNode body, HillstromRow row, String key) {
    body.put("copy_id", VARIANTS.get(key).copyId());
    body.put("propensity", PROPENSITY);
    ObjectNode attrs = body.putObject("attrs");
    HillstromFile.ATTRS.forEach(name -> attrs.put(name, row.attrs().get(name)));
  }

  private static List<ReplayRequest> events(HillstromRow row, Traffic traffic, long[] times) {
    long action = row.variant().isPresent() ? CAMPAIGN.messageAction() : CAMPAIGN.controlAction();
    Message message =
        new Message(
            "h-d-" + row.number(), journey(row), user(row), action, user(row) + "@example.test");
    String event = "h-e-" + row.number() + "-";
    List<ReplayRequest> events = new ArrayList<>();
    events.add(traffic.email(event + "sent", "sent", times[0], message, data -> {}));
    events.add(traffic.email(event + "delivered", "delivered", times[1], message, data -> {}));
    if (row.visited()) {
      events.add(
          traffic.email(event + "clicked", "clicked", times[2], message, HillstromReplay::link));
    }
    if (row.converted()) {
      events.add(traffic.email(event + "converted", "converted", times[3], message, data -> {}));
      events.add(traffic.purchase("h-p-" + row.number(), user(row), times[4], row.spend()));
    }
    return events;
  }

  private static void link(ObjectNode data) {
    data.put("href", "https://example.test/new").put("link_id", 1);
  }

  /** Five ascending times, 1 to 60 s after the generate call. */
  private static long[] times(SplittableRandom random, long generated) {
    return random
        .longs(5, 1, LONGEST_SECONDS + 1)
        .sorted()
        .map(seconds -> generated + seconds)
        .toArray();
  }

  private static String user(HillstromRow row) {
    return "h-" + row.number();
  }

  private static String journey(HillstromRow row) {
    return "h-j-" + row.number();
  }

  private static CopyVariant variant(String key, String subject, String body) {
    return CopyVariant.of(TEMPLATE, key, Map.of("subject", subject, "body", body));
  }
}
