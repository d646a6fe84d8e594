package dev.copyloop.jobs.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashOrderTest {

  private static void isSorted(long[] hashes) {
    int[] order = HashOrder.of(hashes, 1, hashes.length);

    assertThat(Arrays.stream(order).mapToLong(place -> hashes[place]).toArray())
        .isEqualTo(LongStream.of(hashes).sorted().toArray());
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, hashes.length).toArray());
  }

  @Test
  void hashesOfAllBitsAscend() {
    Random random = new Random(1);
    isSorted(random.longs(10_000).toArray());
    isSorted(new long[] {Long.MAX_VALUE, 0, -1, Long.MIN_VALUE, 1});
  }

  /** Their places take the bits in which these differ. */
  @Test
  void hashesThatDifferInTheirLowestBitsAscend() {
    isSorted(new Random(2).longs(1_000, 0, 100).toArray());
    isSorted(new Random(3).longs(1_000, -100, 100).toArray());
  }

  @Test
  void oneHashAndNone() {
    isSorted(new long[] {7});
    isSorted(new long[0]);
    assertThat(HashOrder.of(new long[] {9, 0, 8, 0, 7, 0}, 2, 2)).containsExactly(1, 0);
  }
}
