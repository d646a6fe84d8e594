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
    long high = (long) LONG.get(sha256, 0);
    long low = (long) LONG.get(sha256, Long.BYTES);
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
