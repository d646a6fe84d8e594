package dev.copyloop.landing.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.landing.Arrivals;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LingerTest {
  private static final long SYNC_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

  private long now = TimeUnit.DAYS.toNanos(1);
  private double nanosPerArrival = Double.POSITIVE_INFINITY;
  private double nextArrival;
  private int arrivalsUntilPause;
  private long slept;
  private final ArrivalQueue queue =
      new ArrivalQueue(Long.MAX_VALUE, Duration.ofMinutes(1), late -> {});
  private final Linger linger = new Linger(queue, () -> now, this::pass);

  /** Time passes until so many wait, and what is sent in it arrives. */
  private void pass(int submissions, long nanos) {
    long start = now;
    long end = now + nanos;
    while (queue.size() < submissions && now < end) {
      now = Math.min(end, Math.max(now + 1, (long) nextArrival));
      arrive();
    }
    slept += now - start;
  }

  private void arrive() {
    while (nextArrival <= now) {
      queue.offer(Submission.of(List.of(Arrivals.cio("event"))));
      nextArrival += nanosPerArrival;
      if (--arrivalsUntilPause == 0) {
        nextArrival += TimeUnit.MILLISECONDS.toNanos(3);
      }
    }
  }

  private void send(double perSecond) {
    nanosPerArrival = TimeUnit.SECONDS.toNanos(1) / perSecond;
    nextArrival = now + nanosPerArrival;
  }

  /** The lines of one sync, as the writer takes them. */
  private int commit() throws InterruptedException {
    if (queue.size() == 0) {
      now = Math.max(now, (long) nextArrival + 1);
      arrive();
    }
    linger.await();
    int lines = queue.take(Long.MAX_VALUE, 0).size();
    linger.taken(lines);
    now += SYNC_NANOS;
    arrive();
    linger.synced();
    return lines;
  }

  private double linesPerSync(int syncs) throws InterruptedException {
    for (int i = 0; i < syncs; i++) {
      commit();
    }
    long lines = 0;
    for (int i = 0; i < syncs; i++) {
      lines += commit();
    }
    return (double) lines / syncs;
  }

  @Test
  void atALowRateNobodyWaits() throws InterruptedException {
    send(1_500);
    assertThat(linesPerSync(1_000)).isBetween(1.0, 1.1);
    assertThat(slept).isZero();
  }

  @Test
  void theWaitGrowsWithTheRate() throws InterruptedException {
    send(4_000);
    assertThat(linesPerSync(500)).isBetween(8.0, 32.0);
    send(10_000);
    assertThat(linesPerSync(500)).isBetween(120.0, 160.0);
    send(40_000);
    assertThat(linesPerSync(500)).isBetween(144.0, 190.0);
  }

  @Test
  void aRateThatBeginsIsSoonKnown() throws InterruptedException {
    send(10_000);
    long end = now + TimeUnit.SECONDS.toNanos(3);
    int syncs = 0;
    int lines = 0;
    while (now < end) {
      lines += commit();
      syncs++;
    }
    assertThat(1000.0 * syncs / lines).isLessThan(10);
  }

  @Test
  void fewInAShortSyncAreNoStragglersOfSteadySenders() throws InterruptedException {
    send(9_000);
    linesPerSync(500);
    for (int pause = 0; pause < 100; pause++) {
      arrivalsUntilPause = 40;
      commit();
      assertThat(commit()).isBetween(100, 140);
    }
  }

  @Test
  void whenAllSendersWaitTheSyncDoesNot() throws InterruptedException {
    send(20_000);
    linesPerSync(500);
    send(Double.MIN_VALUE);
    queue.offer(Submission.of(List.of(Arrivals.cio("event"))));
    slept = 0;
    commit();
    assertThat(slept).isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
  }

  @Test
  void sendersThatAllWaitAreNotWaitedForTwice() throws InterruptedException {
    send(20_000);
    linesPerSync(500);
    send(Double.MIN_VALUE);
    queue.take(Long.MAX_VALUE, 0);
    for (int round = 0; round < 3; round++) {
      slept = 0;
      offer(64);
      assertThat(commit()).isEqualTo(64);
    }
    assertThat(slept).isZero();
  }

  @Test
  void aStragglerIsOneOfThemTheNextTime() throws InterruptedException {
    sendersThatAllWaitAreNotWaitedForTwice();
    offer(64);
    linger.await();
    linger.taken(queue.take(Long.MAX_VALUE, 0).size());
    now += SYNC_NANOS;
    offer(1);
    linger.synced();
    offer(64);
    slept = 0;
    assertThat(commit()).isEqualTo(65);
    assertThat(slept).isZero();
  }

  @Test
  void othersThatSendMeanwhileEndThat() throws InterruptedException {
    sendersThatAllWaitAreNotWaitedForTwice();
    send(10_000);
    commit();
    assertThat(linesPerSync(500)).isBetween(120.0, 160.0);
  }

  @Test
  void aPauseOfThoseThatSendSteadilyShortensOneBatchOnly() throws InterruptedException {
    send(10_000);
    linesPerSync(500);
    arrivalsUntilPause = 60;
    assertThat(commit()).isBetween(60, 65);
    assertThat(commit()).isBetween(120, 160);
  }

  @Test
  void burstsAtASteadyRateAreNoPausesToRemember() throws InterruptedException {
    Random random = new Random(1);
    send(10_000);
    linesPerSync(500);
    long lines = 0;
    for (int sync = 0; sync < 500; sync++) {
      arrivalsUntilPause = random.nextInt(400);
      lines += commit();
    }
    assertThat(lines / 500.0).isBetween(120.0, 160.0);
  }

  private void offer(int submissions) {
    for (int i = 0; i < submissions; i++) {
      queue.offer(Submission.of(List.of(Arrivals.cio("event"))));
    }
  }

  @Test
  void aRateOfLongAgoIsForgotten() throws InterruptedException {
    send(20_000);
    linesPerSync(500);
    send(Double.MIN_VALUE);
    queue.take(Long.MAX_VALUE, 0);
    now += TimeUnit.SECONDS.toNanos(2);
    queue.offer(Submission.of(List.of(Arrivals.cio("event"))));
    slept = 0;
    commit();
    assertThat(slept).isZero();
  }
}
