package dev.copyloop.stack.simulate;

import java.math.BigDecimal;

/** What really happened to everybody who got one copy: the figures the report must show. */
public record CopyTally(
    long generations,
    long sends,
    long delivered,
    long opens,
    long machineOpens,
    long clicks,
    long machineClicks,
    long conversions,
    long purchases,
    BigDecimal value) {

  public static final CopyTally NONE = new CopyTally(0, 0, 0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

  CopyTally plus(CopyTally other) {
    return new CopyTally(
        generations + other.generations,
        sends + other.sends,
        delivered + other.delivered,
        opens + other.opens,
        machineOpens + other.machineOpens,
        clicks + other.clicks,
        machineClicks + other.machineClicks,
        conversions + other.conversions,
        purchases + other.purchases,
        value.add(other.value));
  }

  static CopyTally of(Person person, Reaction reaction) {
    return new CopyTally(
        person.control() ? 0 : 1,
        1,
        count(reaction.delivered()),
        count(reaction.open()),
        count(reaction.machineOpen()),
        count(reaction.click()),
        count(reaction.machineClick()),
        count(reaction.conversion()),
        count(reaction.purchase()),
        reaction.value());
  }

  private static long count(java.util.OptionalLong time) {
    return time.isPresent() ? 1 : 0;
  }
}
