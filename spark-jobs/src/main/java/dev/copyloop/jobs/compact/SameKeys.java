package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Brings keys of one identity together; identities that occur once are left out. */
final class SameKeys {
  private final Map<Digests.Key, LineKey> first = new HashMap<>();
  private final Map<Digests.Key, List<LineKey>> several = new HashMap<>();

  private SameKeys() {}

  /** The groups of two keys and more in the blocks of one bucket. */
  static Iterable<List<LineKey>> in(Iterator<byte[]> blocks) {
    SameKeys keys = new SameKeys();
    while (blocks.hasNext()) {
      KeyBlocks.forEach(blocks.next(), keys::add);
    }
    return keys.several.values();
  }

  private void add(LineKey key) {
    Digests.Key identity = key.identity();
    LineKey earlier = first.putIfAbsent(identity, key);
    if (earlier != null) {
      several.computeIfAbsent(identity, unused -> new ArrayList<>(List.of(earlier))).add(key);
    }
  }
}
