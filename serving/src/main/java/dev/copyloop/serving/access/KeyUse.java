package dev.copyloop.serving.access;

import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Counts what each key asks for and holds it to its limits, in memory. Somebody else writes the
 * counts down and tells what all processes counted together. Thread-safe.
 */
public final class KeyUse {
  private final ConcurrentMap<String, Counts> byKey = new ConcurrentHashMap<>();
  private final Clock clock;
  private final LongSupplier nanoClock;

  public KeyUse(Clock clock, LongSupplier nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /** What a key asked for on a UTC day, not written down yet. */
  public record Spent(String keyId, LocalDate day, long requests, Instant lastUsed) {}

  /**
   * Counts requests of a key.
   *
   * @throws ProblemException 429 with {@code Retry-After} if they are over a limit
   */
  void take(StoredKey key, int requests) {
    byKey.computeIfAbsent(key.keyId(), id -> new Counts()).take(key.limits(), requests);
  }

  /** What is to be written down. It stays counted until {@link #written}. */
  public List<Spent> unwritten() {
    List<Spent> all = new ArrayList<>();
    byKey.forEach((keyId, counts) -> counts.unwritten(keyId, all));
    return all;
  }

  /**
   * Takes note of what was written.
   *
   * @param totals requests of the day by key, of all processes, after that
   */
  public void written(List<Spent> spent, Map<String, Long> totals) {
    for (Spent each : spent) {
      Counts counts = byKey.get(each.keyId());
      counts.written(each, totals.getOrDefault(each.keyId(), 0L));
    }
  }

  private final class Counts {
    private TokenBucket bucket;
    private long bucketRate;
    private LocalDate day = LocalDate.EPOCH;
    private long elsewhere;
    private long unwritten;
    private Spent yesterday;
    private Instant lastUsed = Instant.EPOCH;

    synchronized void take(KeyLimits limits, int requests) {
      Instant now = clock.instant();
      turn(now);
      if (limits.perDay().isPresent()
          && elsewhere + unwritten + requests > limits.perDay().getAsLong()) {
        throw tooMany(
            "This key has spent its %d requests of the day (UTC): raise requests_per_day or wait"
                .formatted(limits.perDay().getAsLong()),
            Duration.between(now, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .toSeconds());
      }
      if (limits.perSecond().isPresent()) {
        rate(limits.perSecond().getAsLong(), requests);
      }
      unwritten += requests;
      lastUsed = now;
    }

    private void rate(long perSecond, int requests) {
      if (bucketRate != perSecond) {
        bucket = new TokenBucket(perSecond, nanoClock);
        bucketRate = perSecond;
      }
      long wait = bucket.take(requests);
      if (wait > 0) {
        throw tooMany(
            "This key may ask %d times a second: wait, or raise requests_per_second"
                .formatted(perSecond),
            wait);
      }
    }

    /** A day's rest is written with the next write. */
    private void turn(Instant now) {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      if (!today.equals(day)) {
        yesterday = unwritten > 0 ? new Spent("", day, unwritten, lastUsed) : null;
        day = today;
        elsewhere = 0;
        unwritten = 0;
      }
    }

    synchronized void unwritten(String keyId, List<Spent> all) {
      if (yesterday != null) {
        all.add(new Spent(keyId, yesterday.day(), yesterday.requests(), yesterday.lastUsed()));
      }
      if (unwritten > 0) {
        all.add(new Spent(keyId, day, unwritten, lastUsed));
      }
    }

    synchronized void written(Spent spent, long total) {
      if (spent.day().equals(day)) {
        unwritten -= spent.requests();
        elsewhere = total;
      } else if (yesterday != null && spent.day().equals(yesterday.day())) {
        yesterday = null;
      }
    }
  }

  private static ProblemException tooMany(String detail, long seconds) {
    return new ProblemException(
        new Problem(
            Problem.Kind.TOO_MANY_REQUESTS,
            detail,
            Map.of("Retry-After", Long.toString(Math.max(1, seconds)))));
  }
}
