package dev.copyloop.benchmarks.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is to be reached, as ratios of one run where that is possible. */
final class Targets {
  private final Results results;

  Targets(Results results) {
    this.results = results;
  }

  /**
   * One of them.
   *
   * @param bound the measured value must not be on the wrong side of it
   */
  record Target(String name, double measured, Side side, double bound) {
    enum Side {
      AT_MOST,
      AT_LEAST
    }

    boolean met() {
      return side == Side.AT_MOST ? measured <= bound : measured >= bound;
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%s %s: %.2f, to be %s %.2f",
          met() ? "met   " : "MISSED",
          name,
          measured,
          side == Side.AT_MOST ? "at most" : "at least",
          bound);
    }
  }

  /** Those whose contenders were measured. */
  List<Target> all() {
    List<Target> targets = new ArrayList<>();
    if (results.has(Lab.GENERATE)) {
      generate(targets);
    }
    if (results.has(Lab.WEBHOOK)) {
      targets.add(
          new Target("CPU µs of a durable webhook", cpu(Lab.WEBHOOK), Target.Side.AT_MOST, 45));
    }
    return targets;
  }

  private void generate(List<Target> targets) {
    targets.add(
        new Target("CPU µs of a durable generate", cpu(Lab.GENERATE), Target.Side.AT_MOST, 60));
    if (results.has(Lab.ECHO)) {
      targets.add(
          new Target(
              "its CPU, as a multiple of the echo's",
              cpu(Lab.GENERATE) / cpu(Lab.ECHO),
              Target.Side.AT_MOST,
              3.5));
    }
    if (results.has(Lab.INSTANT)) {
      targets.add(share("at 64 connections", Lab.INSTANT, Load.FEW, 0.6));
      targets.add(share("at 256 connections", Lab.INSTANT, Load.MANY, 0.8));
    }
    if (results.has(Lab.COLLECTOR)) {
      targets.add(share("at 64 connections", Lab.COLLECTOR, Load.FEW, 2));
      targets.add(share("at 256 connections", Lab.COLLECTOR, Load.MANY, 2));
    }
    targets.add(
        new Target(
            "p99 at 2,000/s in ms, against two of the disk's and 5 ms",
            results.of(Lab.GENERATE, Load.CALM).percentileMillis(99),
            Target.Side.AT_MOST,
            2 * results.disk().getValueAtPercentile(99) / 1e6 + 5));
    targets.add(
        new Target(
            "goodput with five times the senders",
            results.stormPerSecond(Lab.GENERATE) / results.of(Lab.GENERATE, Load.MANY).perSecond(),
            Target.Side.AT_LEAST,
            0.9));
    targets.add(
        new Target(
            "syncs per 1,000 records at 10,000/s",
            results.of(Lab.GENERATE, Load.BUSY).syncsPerThousand(),
            Target.Side.AT_MOST,
            10));
  }

  private double cpu(String contender) {
    return results.of(contender, Load.FEW).cpuMicros();
  }

  private Target share(String where, String other, Load load, double bound) {
    return new Target(
        "durable generate's rate as a multiple of " + other + "'s " + where,
        results.of(Lab.GENERATE, load).perSecond() / results.of(other, load).perSecond(),
        Target.Side.AT_LEAST,
        bound);
  }
}
