package dev.copyloop.stack.demo;

import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.traffic.Traffic;
import dev.copyloop.stack.trial.HillstromReplay;
import dev.copyloop.stack.trial.HillstromRow;
import dev.copyloop.stack.trial.TrialTotals;
import java.util.Iterator;
import java.util.List;

/** A demo of a real trial's rows. */
public record HillstromDemo(List<HillstromRow> rows, HillstromReplay replay) implements DemoSource {
  public HillstromDemo {
    rows = List.copyOf(rows);
  }

  @Override
  public String title() {
    return "%,d customers of a real trial, %,d requests"
        .formatted(rows.size(), HillstromReplay.requests(rows));
  }

  @Override
  public OrgPlan plan(String org) {
    return replay.plan(org);
  }

  @Override
  public Iterator<ReplayStep> steps(Traffic traffic) {
    return rows.stream().map(row -> replay.step(row, traffic)).iterator();
  }

  @Override
  public long size() {
    return rows.size();
  }

  @Override
  public String truth() {
    return "In the file:\n" + TrialTotals.of(rows);
  }
}
