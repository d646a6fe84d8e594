package dev.copyloop.benchmarks.night;

import java.util.SplittableRandom;

/**
 * One person's way through a campaign: a function of the seed, the day it starts on and its number,
 * so that any window of the history can be written without the rest. Times are epoch milliseconds;
 * what did not happen is -1.
 *
 * @param control sent by the control action, without a call
 * @param called when generate was called; the times after it follow
 */
record Journey(
    long day,
    int number,
    boolean control,
    boolean machine,
    long called,
    long sent,
    long delivered,
    long opened,
    long clicked,
    long purchased) {

  static final long DAY = 86_400_000;

  /** Engagement later than this is not simulated. */
  static final int TAIL_DAYS = 60;

  private static final double MEDIAN_DELAY = 3 * 3_600_000.0;
  private static final double SIGMA = 2;

  static Journey of(long seed, long day, int number) {
    SplittableRandom random = new SplittableRandom(mix(seed, day, number));
    long called = day * DAY + random.nextInt((int) DAY);
    long sent = called + 1_000 + random.nextInt(4_000);
    long delivered = random.nextInt(100) < 97 ? sent + 2_000 + random.nextInt(30_000) : -1;
    boolean opens = delivered >= 0 && random.nextInt(100) < 26;
    long opened = opens ? later(sent, random) : -1;
    boolean clicks = opened >= 0 && random.nextInt(100) < 20;
    boolean buys = delivered >= 0 && random.nextInt(100) < 2;
    return new Journey(
        day,
        number,
        number % 10 == 9,
        random.nextInt(100) < 15,
        called,
        sent,
        delivered,
        opened,
        clicks ? opened + 1_000 + random.nextInt(600_000) : -1,
        buys ? later(sent, random) : -1);
  }

  /** A lognormal delay; -1 beyond the tail. */
  private static long later(long time, SplittableRandom random) {
    double delay = MEDIAN_DELAY * Math.exp(SIGMA * random.nextGaussian());
    return delay < (TAIL_DAYS - 1L) * DAY ? time + 1_000 + (long) delay : -1;
  }

  static long mix(long seed, long day, int number) {
    long z = seed * 0x9E3779B97F4A7C15L + day * 0xBF58476D1CE4E5B9L + number * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 27);
  }

  /** An id of this journey, of lower-case letters and digits. */
  String id(char kind) {
    long high = mix(kind, day, number);
    return kind + pad(Long.toUnsignedString(high, 36)) + pad(Integer.toString(number, 36), 6);
  }

  private static String pad(String text) {
    return pad(text, 13);
  }

  private static String pad(String text, int length) {
    return "0".repeat(Math.max(0, length - text.length())) + text;
  }
}
