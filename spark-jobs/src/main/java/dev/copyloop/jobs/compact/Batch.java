package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A fixed list of landing objects, in the order of their keys.
 *
 * @param resumed whether an earlier run planned it and did not finish
 */
record Batch(String id, List<LandingObject> objects, boolean resumed) {

  /** A batch of these objects, which get their numbers. */
  static Batch of(String id, List<LandingObject> objects, boolean resumed) {
    List<LandingObject> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(LandingObject::key));
    List<LandingObject> numbered = new ArrayList<>(sorted.size());
    for (LandingObject object : sorted) {
      numbered.add(object.numbered(numbered.size()));
    }
    return new Batch(id, List.copyOf(numbered), resumed);
  }
}
