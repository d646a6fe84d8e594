package dev.copyloop.stack.demo;

import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.simulate.CopyTally;
import dev.copyloop.stack.simulate.SimulationConfig;
import dev.copyloop.stack.simulate.SimulationReplay;
import dev.copyloop.stack.simulate.TrueRates;
import dev.copyloop.stack.traffic.Traffic;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** A demo of simulated people, whose true rates are known. */
public final class SimulatedDemo implements DemoSource {
  private final SimulationConfig config;
  private final SimulationReplay replay;

  public SimulatedDemo(SimulationConfig config) {
    this.config = config;
    this.replay = new SimulationReplay(config);
  }

  @Override
  public String title() {
    return "%,d simulated people over %d days".formatted(config.people(), config.days());
  }

  @Override
  public OrgPlan plan(String org) {
    return replay.plan(org);
  }

  @Override
  public Iterator<ReplayStep> steps(Traffic traffic) {
    return replay.steps(traffic);
  }

  @Override
  public long size() {
    return config.people();
  }

  /** The rates that people were given, beside what the dice then made of them. */
  @Override
  public String truth() {
    StringBuilder text = new StringBuilder("True rates per send, and what happened:\n");
    text.append(
        String.format(
            Locale.ROOT,
            "  %-9s %8s  %18s  %18s  %18s%n",
            "copy",
            "sends",
            "human open",
            "human click",
            "purchase"));
    Map<String, CopyTally> tallies = replay.tallies();
    TrueRates.BY_COPY.forEach(
        (key, rates) -> {
          CopyTally tally = tallies.getOrDefault(key, CopyTally.NONE);
          text.append(
              String.format(
                  Locale.ROOT,
                  "  %-9s %,8d  %s  %s  %s%n",
                  key,
                  tally.sends(),
                  beside(rates.open(), tally.opens(), tally.sends()),
                  beside(rates.click(), tally.clicks(), tally.sends()),
                  beside(rates.purchase(), tally.purchases(), tally.sends())));
        });
    return text.toString();
  }

  /** What the simulation made happen, by copy key. */
  public Map<String, CopyTally> tallies() {
    return replay.tallies();
  }

  private static String beside(double rate, long count, long sends) {
    double measured = sends == 0 ? 0 : (double) count / sends;
    return String.format(Locale.ROOT, "%6.2f %% → %6.2f %%", rate * 100, measured * 100);
  }
}
