package dev.copyloop.stack.simulate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * People and how they react, as pure functions of the seed: who got which copy is decided by the
 * product, and told to {@link #reaction}. Thread-safe.
 */
public final class Simulation {
  /** The share of journeys that the campaign sends to control. */
  public static final BigDecimal CONTROL_SHARE = new BigDecimal("0.2");

  private static final double RETRIED = 0.02;
  private static final double BOUNCED = 0.012;
  private static final double MACHINE_OPEN = 0.25;
  private static final double MACHINE_CLICK = 0.02;
  private static final double EARLIER_PURCHASE = 0.01;
  private static final double VALUE_SPREAD = 0.6;
  private static final List<String> PLANS = List.of("free", "pro", "team");
  private static final List<String> CITIES = List.of("Berlin", "Oslo", "Porto", "New York");

  private final SimulationConfig config;

  public Simulation(SimulationConfig config) {
    this.config = config;
  }

  /** The person of a number from 1. */
  public Person person(int number) {
    SplittableRandom random = random(number, 0);
    long room = config.end().minus(SimulationConfig.LONGEST).getEpochSecond() - 60;
    long entered = random.nextLong(config.start().getEpochSecond(), room);
    return new Person(
        number,
        entered,
        random.nextDouble() < CONTROL_SHARE.doubleValue(),
        random.nextDouble() < RETRIED,
        Map.of(
            "plan", PLANS.get(random.nextInt(PLANS.size())),
            "city", CITIES.get(random.nextInt(CITIES.size())),
            "age", Integer.toString(random.nextInt(18, 80))));
  }

  /** What the person does with a copy. */
  public Reaction reaction(Person person, String copyKey) {
    SplittableRandom random = random(person.number(), copyKey.hashCode());
    TrueRates rates = TrueRates.BY_COPY.get(copyKey);
    long sent = person.entered() + random.nextLong(1, 6);
    OptionalLong delivered = after(random, sent, 1 - BOUNCED, 8, 0.8);
    // Draws always happen, so that one outcome does not shift the next person's.
    OptionalLong machineOpen = after(random, sent, MACHINE_OPEN, 20, 1);
    OptionalLong machineClick = after(random, sent, MACHINE_CLICK, 30, 0.7);
    boolean clicks = random.nextDouble() < rates.click();
    double opensOnly = (rates.open() - rates.click()) / (1 - rates.click());
    OptionalLong open = after(random, sent, clicks ? 1 : opensOnly, 7200, 1.2);
    OptionalLong click = clicks ? after(random, open.getAsLong(), 1, 180, 1) : OptionalLong.empty();
    OptionalLong conversion =
        after(random, click.orElse(sent), clicks ? rates.conversion() : 0, 1200, 1);
    OptionalLong purchase = after(random, sent, rates.purchase(), 36_000, 1);
    BigDecimal value = value(random, rates.medianValue());
    OptionalLong earlier = after(random, sent - 86_400, EARLIER_PURCHASE, 3600, 1);
    return received(
        new Reaction(
            sent,
            delivered,
            machineOpen,
            open,
            machineClick,
            click,
            conversion,
            purchase,
            purchase.isPresent() ? value : BigDecimal.ZERO,
            earlier));
  }

  /** Nobody opens what bounced; the purchase has other causes and stays. */
  private static Reaction received(Reaction reaction) {
    if (reaction.delivered().isPresent()) {
      return reaction;
    }
    OptionalLong never = OptionalLong.empty();
    return new Reaction(
        reaction.sent(),
        never,
        never,
        never,
        never,
        never,
        never,
        reaction.purchase(),
        reaction.value(),
        reaction.earlierPurchase());
  }

  /** A time after another with that probability: a lognormal delay, cut at the longest one. */
  private static OptionalLong after(
      SplittableRandom random, long start, double probability, double median, double spread) {
    double drawn = random.nextDouble();
    double delay = median * Math.exp(spread * random.nextGaussian());
    long longest = SimulationConfig.LONGEST.toSeconds() / 4;
    return drawn < probability
        ? OptionalLong.of(start + 1 + Math.min((long) delay, longest))
        : OptionalLong.empty();
  }

  private static BigDecimal value(SplittableRandom random, double median) {
    double value = median * Math.exp(VALUE_SPREAD * random.nextGaussian());
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }

  private SplittableRandom random(int number, int salt) {
    return new SplittableRandom((config.seed() * 31 + number) * 1_000_003L + salt);
  }
}
