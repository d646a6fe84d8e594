package dev.copyloop.jobs.compact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where lines end, by eight bytes at once. */
final class LineFeeds {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private LineFeeds() {}

  /** The place of the first line feed from one place on; {@code end} if there is none before it. */
  static int next(byte[] bytes, int start, int end) {
    int place = start;
    while (place <= end - Long.BYTES && !isAmong((long) WORDS.get(bytes, place))) {
      place += Long.BYTES;
    }
    while (place < end && bytes[place] != '\n') {
      place++;
    }
    return place;
  }

  /** Whether one of eight bytes is a line feed: only then is one of these zero. */
  private static boolean isAmong(long eight) {
    long zeroes = eight ^ (EACH_BYTE * '\n');
    return ((zeroes - EACH_BYTE) & ~zeroes & HIGH_BITS) != 0;
  }
}
