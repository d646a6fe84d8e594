package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Brings keys of one identity together; identities that occur once are left out. As nearly all do,
 * repeated halves of identities are looked for first, as numbers, and only their keys are read.
 */
final class SameKeys {
  private SameKeys() {}

  /** The groups of two keys and more in the blocks of one bucket. */
  static Iterable<List<LineKey>> in(Iterator<byte[]> blocks) {
    List<byte[]> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    long[] repeated = repeated(all);
    Map<Digests.Key, List<LineKey>> groups = new HashMap<>();
    for (byte[] block : all) {
      KeyBlocks.forEach(
          block,
          high -> Arrays.binarySearch(repeated, high) >= 0,
          key -> groups.computeIfAbsent(key.identity(), unused -> new ArrayList<>()).add(key));
    }
    // Identities may agree in one half.
    groups.values().removeIf(group -> group.size() == 1);
    return groups.values();
  }

  /** The first halves of identities that several keys have, ascending. */
  private static long[] repeated(List<byte[]> blocks) {
    LongStream.Builder halves = LongStream.builder();
    blocks.forEach(block -> KeyBlocks.forEachHigh(block, halves));
    long[] sorted = halves.build().sorted().toArray();
    int found = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        sorted[found++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, found);
  }
}
