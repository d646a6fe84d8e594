package dev.copyloop.jobs.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A content hash that rows are added to. Not thread-safe. */
final class RunningHash {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long rows;
  private long sumHigh;
  private long sumLow;
  private long xorHigh;
  private long xorLow;

  /** Adds a row, given its SHA-256. */
  void add(byte[] sha256) {
    add(high(sha256), low(sha256));
  }

  /** The first 64 bits of a hash. */
  static long high(byte[] sha256) {
    return (long) LONG.get(sha256, 0);
  }

  /** The next 64 bits of a hash. */
  static long low(byte[] sha256) {
    return (long) LONG.get(sha256, Long.BYTES);
  }

  /** Adds a row, given the first 128 bits of its SHA-256. */
  void add(long high, long low) {
    rows++;
    sumLow += low;
    sumHigh += high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
    xorHigh ^= high;
    xorLow ^= low;
  }

  ContentHash result() {
    return new ContentHash(rows, sumHigh, sumLow, xorHigh, xorLow);
  }
}
