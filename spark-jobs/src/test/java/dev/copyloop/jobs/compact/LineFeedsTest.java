package dev.copyloop.jobs.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFeedsTest {

  @Test
  void findsTheFirstWhereverItLies() {
    for (int length = 0; length < 40; length++) {
      byte[] bytes = other(length, length);
      assertThat(LineFeeds.next(bytes, 0, length)).isEqualTo(length);
      for (int place = 0; place < length; place++) {
        bytes[place] = '\n';
        Arrays.fill(bytes, Math.min(length, place + 3), length, (byte) '\n');
        for (int start = 0; start <= place; start++) {
          assertThat(LineFeeds.next(bytes, start, length)).isEqualTo(place);
          assertThat(LineFeeds.next(bytes, start, place)).isEqualTo(place);
        }
        bytes = other(length, place);
      }
    }
  }

  /** Bytes that differ from a line feed in one bit. */
  private static byte[] other(int length, int seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('\n' ^ (1 << random.nextInt(Byte.SIZE)));
    }
    return bytes;
  }
}
