package dev.copyloop.stack.demo;

import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.traffic.Traffic;
import java.util.Iterator;

/** What a demo replays. */
public interface DemoSource {
  /** A line for people. */
  String title();

  /** What has to exist first. */
  OrgPlan plan(String org);

  /** All steps, made while they are sent. */
  Iterator<ReplayStep> steps(Traffic traffic);

  /** How many steps there are. */
  long size();

  /** What is known to be true, to hold the measured figures against; may be empty. */
  String truth();
}
