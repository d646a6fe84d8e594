package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fixed list of landing objects, in the order of their keys.
 *
 * @param resumed whether an earlier run planned it and did not finish
 */
record Batch(String id, List<LandingObject> objects, boolean resumed) {
  /** Ends the id of a batch of lines that were set aside before; no run's id has a plus sign. */
  static final String REPLAY = "+replay";

  /** A retried run keeps its id, so its second batch needs another name than its first. */
  static String nextId(String wanted, Set<String> used) {
    String id = wanted;
    for (int attempt = 2; used.contains(id); attempt++) {
      id = attempt + "." + wanted;
    }
    return id;
  }

  /** The same batch, its objects read from where they lie by now. */
  Batch at(Map<String, LandingObject> landed) {
    List<LandingObject> found = new ArrayList<>();
    for (LandingObject object : objects) {
      LandingObject present = landed.getOrDefault(object.key(), object);
      found.add(present.only(object.lines()).numbered(object.number()));
    }
    return new Batch(id, List.copyOf(found), resumed);
  }

  /** Whether it takes lines from the quarantine, of objects that were consumed before. */
  boolean isReplay() {
    return id.endsWith(REPLAY);
  }

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
